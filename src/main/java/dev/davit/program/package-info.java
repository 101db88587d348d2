/// A program of system calls as a value: it prints, is encoded and run.
@NullMarked
package dev.davit.program;

import org.jspecify.annotations.NullMarked;
