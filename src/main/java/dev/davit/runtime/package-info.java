/// One container against the kernel: its specification becomes a program, and the program runs.
@NullMarked
package dev.davit.runtime;

import org.jspecify.annotations.NullMarked;
