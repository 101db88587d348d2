package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command at a moment of a container's life.
///
/// @param environment a variable without value is removed
public record Hook(
    List<String> command,
    Optional<String> user,
    boolean privileged,
    Optional<String> workingDir,
    Map<String, Optional<String>> environment) {

  /// The hooks of a service, each list in the order they run in.
  ///
  /// @param preStart each in a container of its own, before the service's start
  /// @param postStart in the container, once it runs
  /// @param preStop in the container, before it is stopped
  public record All(List<PreStart> preStart, List<Hook> postStart, List<Hook> preStop) {}

  /// @param image absent means the service's
  /// @param perReplica whether it runs once for each container
  public record PreStart(Hook hook, Optional<String> image, boolean perReplica) {}
}
