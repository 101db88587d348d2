/// The thin client: argv, terminal and signals to the engine and back. Uses nothing but the JDK.
@NullMarked
package dev.davit.client;

import org.jspecify.annotations.NullMarked;
