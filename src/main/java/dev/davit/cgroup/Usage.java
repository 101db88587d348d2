package dev.davit.cgroup;

/// What a cgroup uses now.
///
/// @param memory bytes, page cache included
/// @param memoryPeak the most bytes so far, 0 where the kernel does not say
/// @param memoryLimit bytes, [Long#MAX_VALUE] without limit
/// @param cpuNanos CPU time used so far
/// @param pids processes and threads
public record Usage(long memory, long memoryPeak, long memoryLimit, long cpuNanos, long pids) {}
