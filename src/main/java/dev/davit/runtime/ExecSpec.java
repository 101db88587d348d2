package dev.davit.runtime;

/// One more process in a running container.
///
/// @param id names it in messages
public record ExecSpec(String id, ProcessSpec process) {}
