package dev.davit.engine;

import dev.davit.engine.ContainerState.Status;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// What a container's state becomes; pure. A transition that cannot be is WRONG_STATE.
final class Transitions {
  private static final int KILLED = 128 + Signals.KILL;

  private Transitions() {}

  /// How a container's process ended.
  ///
  /// @param error why the exit code is not known or who killed it, or empty
  record End(int exitCode, boolean oomKilled, String error, Instant at) {}

  /// Why a process ended with that code, where the code alone leaves it open.
  ///
  /// @param killer who is known to have killed it, or empty
  static String reason(int exitCode, boolean oomKilled, String killer) {
    if (exitCode != KILLED) {
      return "";
    }
    if (oomKilled) {
      return "out of memory";
    }
    return killer.isEmpty() ? "killed by somebody else than davit" : killer;
  }

  enum Verb {
    PAUSE,
    UNPAUSE,
    EXEC,
    KILL,
    REMOVE,
    START
  }

  /// Throws WRONG_STATE if `verb` does not fit.
  static void require(Verb verb, String name, Status status) {
    boolean fits =
        switch (verb) {
          case PAUSE, EXEC -> status == Status.RUNNING;
          case UNPAUSE -> status == Status.PAUSED;
          case KILL -> status == Status.RUNNING || status == Status.PAUSED;
          case REMOVE ->
              status != Status.RUNNING && status != Status.PAUSED && status != Status.RESTARTING;
          case START -> status != Status.REMOVING && status != Status.DEAD;
        };
    if (!fits) {
      throw new DavitException(
          Kind.WRONG_STATE,
          "container \"%s\" is %s: %s is not possible"
              .formatted(name, status.word(), verb.name().toLowerCase(Locale.ROOT)),
          switch (verb) {
            case PAUSE, EXEC, KILL -> status == Status.PAUSED ? "unpause it" : "start it";
            case REMOVE -> "stop it, or remove it with force";
            case UNPAUSE, START -> null;
          });
    }
  }

  static ContainerState started(ContainerState from, int pid, Instant at, boolean probed) {
    check(from, !from.alive(), Status.RUNNING);
    return new ContainerState(
        Status.RUNNING,
        pid,
        0,
        false,
        "",
        Optional.of(at),
        from.finishedAt(),
        probed ? Optional.of(Health.STARTING) : Optional.empty());
  }

  /// It could not start: its status is as if nobody had tried, but code and error say why.
  static ContainerState startFailed(ContainerState from, int exitCode, String error) {
    check(from, !from.alive(), Status.EXITED);
    Status status = from.startedAt().isEmpty() ? Status.CREATED : Status.EXITED;
    return new ContainerState(
        status, 0, exitCode, false, error, from.startedAt(), from.finishedAt(), from.health());
  }

  static ContainerState ended(ContainerState from, End end, boolean restarting) {
    check(from, from.alive(), restarting ? Status.RESTARTING : Status.EXITED);
    return new ContainerState(
        restarting ? Status.RESTARTING : Status.EXITED,
        0,
        end.exitCode(),
        end.oomKilled(),
        end.error(),
        from.startedAt(),
        Optional.of(end.at()),
        from.health());
  }

  static ContainerState to(ContainerState from, Status status) {
    boolean fits =
        switch (status) {
          case PAUSED -> from.status() == Status.RUNNING;
          case RUNNING -> from.status() == Status.PAUSED;
          case RESTARTING -> from.status() == Status.EXITED;
          case EXITED -> from.status() == Status.RESTARTING;
          case REMOVING -> !from.alive();
          case DEAD -> from.status() == Status.REMOVING;
          case CREATED -> false;
        };
    check(from, fits, status);
    return new ContainerState(
        status,
        from.pid(),
        from.exitCode(),
        from.oomKilled(),
        from.error(),
        from.startedAt(),
        from.finishedAt(),
        from.health());
  }

  static ContainerState probed(ContainerState from, Health health) {
    return new ContainerState(
        from.status(),
        from.pid(),
        from.exitCode(),
        from.oomKilled(),
        from.error(),
        from.startedAt(),
        from.finishedAt(),
        Optional.of(health));
  }

  private static void check(ContainerState from, boolean fits, Status to) {
    if (!fits) {
      throw new DavitException(
          Kind.WRONG_STATE,
          "a container that is %s does not become %s".formatted(from.status().word(), to.word()));
    }
  }
}
