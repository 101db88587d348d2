package dev.davit.netlink;

import java.net.Inet4Address;

/// An IPv4 address of an interface as the kernel lists it.
///
/// @param prefixLength in bits
public record Address(int link, Inet4Address address, int prefixLength) {}
