package dev.davit.netlink;

import java.net.Inet4Address;

/// An IPv4 route as the kernel lists it.
///
/// @param destination `0.0.0.0` with length 0 for the default route
/// @param link index of the interface that it leaves by, or 0
public record Route(Inet4Address destination, int prefixLength, int link) {}
