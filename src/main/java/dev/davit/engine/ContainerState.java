package dev.davit.engine;

import java.time.Instant;
import java.util.Optional;

/// Where a container is in its life.
///
/// @param pid of its PID 1 in the engine's PID namespace, 0 if it has none
/// @param exitCode of the last end: 128+n after signal n; 126 or 127 if its program could not be
///   executed, 128 if it could not be started otherwise; 255 if not known
/// @param oomKilled whether the kernel's OOM killer ended it
/// @param error why it could not start, why the exit code is not known, who killed it, or why this
///   engine could not take it over; else empty
public record ContainerState(
    Status status,
    int pid,
    int exitCode,
    boolean oomKilled,
    String error,
    Optional<Instant> startedAt,
    Optional<Instant> finishedAt,
    Optional<Health> health) {

  public enum Status {
    CREATED,
    RUNNING,
    PAUSED,
    /// Ended; its policy starts it again after a pause.
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD;

    /// As the Docker Engine API writes it.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// The exit code of one that could not be started.
  public static final int NOT_STARTED = 128;

  public static final ContainerState CREATED =
      new ContainerState(
          Status.CREATED, 0, 0, false, "", Optional.empty(), Optional.empty(), Optional.empty());

  ContainerState withError(String why) {
    return new ContainerState(status, pid, exitCode, oomKilled, why, startedAt, finishedAt, health);
  }

  /// Whether it has processes: running or paused.
  public boolean alive() {
    return status == Status.RUNNING || status == Status.PAUSED;
  }
}
