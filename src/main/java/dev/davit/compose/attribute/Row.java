package dev.davit.compose.attribute;

/// An attribute with its place in the tree.
///
/// @param pattern as `services.*.volumes.*.bind.propagation`
public record Row(String pattern, Attribute attribute) {}
