package dev.davit.program;

import dev.davit.linux.Fd;

/// A child that a program has made.
///
/// @param pid as this process sees it
/// @param pidfd the child; the caller closes it
/// @param trace every step and its result; the child runs if [Trace#complete]
public record Launched(int pid, Fd pidfd, Trace trace) {}
