package dev.davit.netlink;

import dev.davit.linux.Fd;

/// A pair of interfaces to be made in one message: one end here, attached to a bridge, the other
/// end in a namespace.
///
/// @param name of the end here
/// @param bridge index of the bridge
/// @param peerMac `02:42:0a:59:00:02`
public record Veth(
    String name, int bridge, int mtu, Fd namespace, String peerName, String peerMac) {}
