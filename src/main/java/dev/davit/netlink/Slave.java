package dev.davit.netlink;

import dev.davit.linux.Fd;

/// An interface in a namespace that shares the network card of an interface here.
///
/// @param mac left to the kernel if empty, which has to be so with ipvlan
/// @param parent index
public record Slave(
    String name, Kind kind, int mode, int flags, int parent, Fd namespace, String mac) {
  public enum Kind {
    MACVLAN,
    IPVLAN
  }
}
