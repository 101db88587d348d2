package dev.davit.engine;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// Something that has happened, in the words of the Docker Engine API.
///
/// @param action `create`, `start`, `die`, `stop`, `kill`, `oom`, `pause`, `unpause`, `restart`,
///   `destroy`, `rename`, `update`, `exec_create: …`, `exec_start: …`, `exec_die`, `health_status:
///   healthy`; of a network `connect`, `disconnect`
/// @param id of the container, network or volume
/// @param attributes of a container: its labels, `name`, `image`; `exitCode` and `reason` of `die`,
///   and [#RESTARTING] if a start follows, `signal` of `kill`; [#RESTART_COUNT] of a `start` that
///   the container's policy repeats; of a network `name`, and `container` for who came or went
public record Event(
    Type type,
    String action,
    String id,
    String name,
    Map<String, String> attributes,
    Instant time) {
  public static final String RESTART_COUNT = "restartCount";
  public static final String RESTARTING = "restarting";

  public Event {
    attributes = Map.copyOf(attributes);
  }

  public enum Type {
    CONTAINER,
    NETWORK,
    VOLUME;

    /// As the Docker Engine API writes it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
