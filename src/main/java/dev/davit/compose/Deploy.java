package dev.davit.compose;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What `deploy` says and one machine has no use for; its replicas, limits and restart policy are
/// where the service's own attributes are.
///
/// @param mode `replicated` or `global`
/// @param endpointMode `vip` or `dnsrr`
/// @param labels of the service, not of its containers
/// @param reservedCpus how many the machine must have free
/// @param reserved counts of things that a machine has, by kind
public record Deploy(
    Optional<String> mode,
    Optional<String> endpointMode,
    Map<String, String> labels,
    Optional<Rollout> update,
    Optional<Rollout> rollback,
    Placement placement,
    RestartTiming restart,
    OptionalDouble reservedCpus,
    Map<String, Long> reserved) {

  /// How containers are replaced.
  ///
  /// @param parallelism how many at a time, 0 for all
  /// @param delay between one batch and the next
  /// @param monitor how long a new container is watched
  /// @param maxFailureRatio from 0 to 1
  /// @param order `start-first` or `stop-first`
  public record Rollout(
      OptionalLong parallelism,
      Optional<Duration> delay,
      Optional<String> failureAction,
      Optional<Duration> monitor,
      OptionalDouble maxFailureRatio,
      Optional<String> order) {}

  /// Which machines of a cluster.
  ///
  /// @param spread labels to spread over
  /// @param maxReplicasPerNode absent for any number
  public record Placement(
      List<String> constraints, List<String> spread, OptionalLong maxReplicasPerNode) {}

  /// @param delay before a restart
  /// @param window how long a container must run for a restart to count as a success
  public record RestartTiming(Optional<Duration> delay, Optional<Duration> window) {}
}
