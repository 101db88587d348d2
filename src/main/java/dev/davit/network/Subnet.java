package dev.davit.network;

import java.util.Optional;

/// Which addresses a network may use.
///
/// @param gateway the host's address on it; the first one of the subnet if left out
/// @param ipRange the part of the subnet from which addresses are given; all of it if left out
public record Subnet(Cidr subnet, Optional<Ipv4> gateway, Optional<Cidr> ipRange) {}
