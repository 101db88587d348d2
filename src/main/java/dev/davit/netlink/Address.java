package dev.davit.netlink;

import java.net.InetAddress;

/// An address of an interface as the kernel lists it.
///
/// @param prefixLength in bits
public record Address(int link, InetAddress address, int prefixLength) {}
