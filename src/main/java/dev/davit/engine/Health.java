package dev.davit.engine;

import java.time.Instant;
import java.util.List;

/// What the probes say.
///
/// @param failingStreak failures since the last success
/// @param log the last five probes, oldest first
public record Health(Status status, int failingStreak, List<Probe> log) {
  /// Before the first probe has ended.
  public static final Health STARTING = new Health(Status.STARTING, 0, List.of());

  public Health {
    log = List.copyOf(log);
  }

  public enum Status {
    STARTING,
    HEALTHY,
    UNHEALTHY
  }

  /// @param exitCode 0 is a success, -1 a probe that was killed or could not start
  /// @param output the first 4096 bytes of what it wrote
  public record Probe(Instant start, Instant end, int exitCode, String output) {}
}
