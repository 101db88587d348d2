package dev.davit.netlink;

/// An interface as the kernel lists it.
///
/// @param master index of the bridge that it is attached to, or 0
/// @param mac six bytes as `02:42:0a:59:00:02`, or empty
public record Link(int index, String name, int master, int mtu, boolean up, String mac) {}
