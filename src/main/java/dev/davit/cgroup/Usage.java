package dev.davit.cgroup;

/// What a cgroup uses now.
///
/// @param memory bytes, page cache included
/// @param reclaimable bytes of `memory` that are files nobody has used lately
/// @param memoryPeak the most bytes so far, 0 where the kernel does not say
/// @param memoryLimit bytes, [Long#MAX_VALUE] without limit
/// @param cpuNanos CPU time used so far
/// @param pids processes and threads
/// @param bytesRead from block devices
/// @param bytesWritten to block devices
public record Usage(
    long memory,
    long reclaimable,
    long memoryPeak,
    long memoryLimit,
    long cpuNanos,
    long pids,
    long bytesRead,
    long bytesWritten) {}
