/// The life of containers: create, start, stop, exec, logs, health, restart, events, state on disk.
@NullMarked
package dev.davit.engine;

import org.jspecify.annotations.NullMarked;
