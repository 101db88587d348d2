package dev.davit.netlink;

/// A sub-interface for one VLAN of `parent`.
///
/// @param parent index
public record Vlan(String name, int parent, int id) {}
