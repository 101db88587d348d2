package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Devices of the host in a container.
///
/// @param rules what the container may open besides
/// @param requests `gpus`, then `deploy.resources.reservations.devices`
public record Devices(List<Node> nodes, List<Rule> rules, List<Request> requests) {

  /// A device node.
  ///
  /// @param source absolute path on the host, or a CDI name `vendor.com/class=name`
  /// @param target absolute path in the container; the CDI name once more
  /// @param permissions of `r`, `w` and `m` (make a node)
  public record Node(String source, String target, String permissions) {
    public boolean isCdi() {
      return !source.startsWith("/");
    }
  }

  /// What a device cgroup lets pass.
  ///
  /// @param type `a` any, `b` block, `c` character
  /// @param major absent for all
  /// @param minor absent for all
  public record Rule(char type, OptionalInt major, OptionalInt minor, String permissions) {}

  /// Devices of a kind, for a driver to choose.
  ///
  /// @param count how many, [#ALL] for all; unless there are ids
  public record Request(
      Set<String> capabilities,
      Optional<String> driver,
      int count,
      List<String> ids,
      Map<String, String> options) {
    public static final int ALL = -1;
  }
}
