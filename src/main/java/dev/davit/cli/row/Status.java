package dev.davit.cli.row;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// A container's state in docker's words.
public final class Status {
  private Status() {}

  /// `Up 5 minutes (healthy)`, `Exited (0) 3 seconds ago`.
  public static String of(Container container, Instant now) {
    ContainerState state = container.state();
    return switch (state.status()) {
      case CREATED -> "Created";
      case RUNNING ->
          "Up " + since(state.startedAt().orElse(now), now) + health(state) + again(container);
      case PAUSED -> "Up " + since(state.startedAt().orElse(now), now) + " (Paused)";
      case RESTARTING ->
          "Restarting (%d) %s ago"
                  .formatted(state.exitCode(), since(state.finishedAt().orElse(now), now))
              + again(container);
      case REMOVING -> "Removal In Progress";
      case EXITED ->
          "Exited (%d) %s ago%s"
              .formatted(
                  state.exitCode(), since(state.finishedAt().orElse(now), now), reason(state));
      case DEAD -> "Dead";
    };
  }

  public static String health(Container container) {
    return container
        .state()
        .health()
        .map(health -> health.status().name().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static String again(Container container) {
    return switch (container.restartCount()) {
      case 0 -> "";
      case 1 -> ", restarted once";
      default -> ", restarted %d times".formatted(container.restartCount());
    };
  }

  // What the code does not say by itself.
  private static String reason(ContainerState state) {
    return state.exitCode() > 128 && !state.error().isEmpty() ? ": " + state.error() : "";
  }

  private static String since(Instant then, Instant now) {
    return Times.human(Duration.between(then, now));
  }

  private static String health(ContainerState state) {
    return state
        .health()
        .map(
            health ->
                switch (health.status()) {
                  case STARTING -> " (health: starting)";
                  case HEALTHY -> " (healthy)";
                  case UNHEALTHY -> " (unhealthy)";
                })
        .orElse("");
  }
}
