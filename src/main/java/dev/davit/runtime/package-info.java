/// One container against the kernel: its specification becomes a program, and the program runs.
///
/// [StartProgram] is the page to read: it says what a container is. [Starter] opens what the
/// program needs, runs it and closes it again; [Execs] does the same for a process in a running
/// container.
@NullMarked
package dev.davit.runtime;

import org.jspecify.annotations.NullMarked;
