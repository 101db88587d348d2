package dev.davit.reconcile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How `down` is asked to go about it.
///
/// @param services with those that depend on them; empty means all, with networks
/// @param volumes named volumes too, and the anonymous ones of each container
/// @param grace between stop signal and SIGKILL; empty: as each container is configured
public record DownOptions(
    List<String> services, boolean volumes, boolean removeOrphans, Optional<Duration> grace) {
  public static final DownOptions DEFAULT =
      new DownOptions(List.of(), false, false, Optional.empty());

  /// The same for these services.
  public DownOptions only(List<String> names) {
    return new DownOptions(names, volumes, removeOrphans, grace);
  }

  public DownOptions {
    services = List.copyOf(services);
  }
}
