/// The life of containers: create, start, stop, exec, logs, health, restart, events, state on disk.
///
/// [Engine] is the way in and gives [Containers], [Execs], [Logs], [Events] and [Projects];
/// [ContainerConfig] goes in, [Container] comes out. Nouns, states and fields are those of the
/// Docker Engine API.
@NullMarked
package dev.davit.engine;

import org.jspecify.annotations.NullMarked;
