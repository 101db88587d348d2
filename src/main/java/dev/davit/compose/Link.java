package dev.davit.compose;

/// Another name for somebody.
///
/// @param target a service of the project, or a container outside of it
/// @param alias what it is called here
public record Link(String target, String alias) {}
