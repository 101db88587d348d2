package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.linux.Fd;
import java.time.Instant;
import java.util.Optional;

/// The running process of a container and what belongs to it.
///
/// @param pid of its PID 1 as the engine sees it
/// @param terminal the engine's end of its terminal
/// @param stdin where its input is written, if it has one that is not a terminal
record Task(
    int pid,
    Fd pidfd,
    Cgroup cgroup,
    Output output,
    Optional<Fd> terminal,
    Optional<Input> stdin,
    Instant started) {}
