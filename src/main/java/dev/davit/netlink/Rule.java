package dev.davit.netlink;

/// A rule as the kernel lists it.
///
/// @param comment empty if it has none
public record Rule(long handle, String comment) {}
