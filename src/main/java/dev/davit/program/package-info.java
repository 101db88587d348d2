/// A program of system calls as a value: it prints as strace would, is encoded, and run in a child
/// of this process by a stub of machine code, since a JVM cannot fork.
///
/// The block that [Stub] is given, in bytes:
///
/// ```
///   0  u64  all signals, blocked around clone3
///   8  u64  the signal mask of before, restored in the parent
///  16       struct clone_args (88 bytes, clone3(2))
/// 104  i32  the pidfd that clone3 writes
/// 112       rows, one a step
/// ```
///
/// A row is nine words of 8 bytes: the number of the call, six arguments, the address where the
/// result goes, and the tolerated errnos (bit n stands for errno n). The stub ends the child with
/// exit(127) on an error that is not tolerated. A result's address is the step's own cell, or the
/// argument of a later row that uses it ([Arg.Result]).
@NullMarked
package dev.davit.program;

import org.jspecify.annotations.NullMarked;
