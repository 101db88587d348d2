package dev.davit.netlink;

import java.net.InetAddress;

/// A route as the kernel lists it.
///
/// @param destination `0.0.0.0` or `::` with length 0 for the default route
/// @param link index of the interface that it leaves by, or 0
public record Route(InetAddress destination, int prefixLength, int link) {}
