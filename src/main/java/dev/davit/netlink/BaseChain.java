package dev.davit.netlink;

/// A chain of somebody that packets come to by themselves.
///
/// @param dropping whether it drops what none of its rules accepts
public record BaseChain(Table table, String name, String type, int hook, boolean dropping) {
  /// Whether packets that pass through the host may end here.
  public boolean blocksForwarding() {
    return dropping && type.equals("filter") && hook == Chain.Hook.FORWARD.number;
  }
}
