package dev.davit.runtime;

import dev.davit.linux.Fd;
import dev.davit.program.Trace;
import java.util.Optional;

/// A process that runs.
///
/// @param pid as the engine sees it
/// @param pidfd the caller's to close
/// @param terminal the engine's end of its terminal, the caller's to close
/// @param trace the system calls that made it
public record Started(int pid, Fd pidfd, Optional<Fd> terminal, Trace trace) {}
