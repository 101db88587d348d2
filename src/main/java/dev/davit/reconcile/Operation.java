package dev.davit.reconcile;

import dev.davit.engine.ContainerConfig;
import dev.davit.engine.Content;
import dev.davit.engine.Execs.ExecConfig;
import dev.davit.network.NetworkConfig;
import dev.davit.volume.VolumeConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One call of the engine, and why it is needed. `ref` is what the engine finds the container by at
/// that time: its name or id.
public sealed interface Operation {
  Subject subject();

  String cause();

  /// What the plan calls it: `service:web:1`.
  default String resource() {
    return subject().resource();
  }

  /// What the plan calls the kind of operation: `CreateContainer`.
  default String verb() {
    return getClass().getSimpleName();
  }

  /// @param reference as it is written
  /// @param platform that the image must be for; empty: this machine's
  /// @param required whether a failure is one of the plan; else it is a warning
  record PullImage(
      Subject subject, String reference, Optional<String> platform, boolean required, String cause)
      implements Operation {}

  /// @param reference as it is written
  /// @param required whether a failure is one of the plan; else it is a warning
  record PushImage(Subject subject, String reference, boolean required, String cause)
      implements Operation {}

  record CreateNetwork(Subject subject, NetworkConfig config, String cause) implements Operation {}

  record RemoveNetwork(Subject subject, String cause) implements Operation {}

  record CreateVolume(Subject subject, VolumeConfig config, String cause) implements Operation {}

  record RemoveVolume(Subject subject, String cause) implements Operation {}

  /// @param config namespaces and networking may name a container that is there when the operation
  ///   runs; its id is put in then
  record CreateContainer(Subject subject, ContainerConfig config, String cause)
      implements Operation {}

  /// @param contents by the target of the file that each is for
  record SupplyContainer(Subject subject, String ref, Map<String, Content> contents, String cause)
      implements Operation {
    public SupplyContainer {
      contents = Map.copyOf(contents);
    }
  }

  record StartContainer(Subject subject, String ref, String cause) implements Operation {}

  /// Runs a command in a container.
  ///
  /// @param index which of the moment's, from 1
  record RunHook(
      Subject subject, String ref, Moment moment, ExecConfig command, int index, String cause)
      implements Operation {}

  enum Moment {
    POST_START("post_start"),
    PRE_STOP("pre_stop"),
    /// A watched file has changed.
    ON_CHANGE("develop.watch");

    private final String word;

    Moment(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// Runs a container of its own to its end, and removes it if it has succeeded.
  ///
  /// @param ref the container that is to start after it, whose anonymous volumes it gets
  /// @param index which of the service's steps, from 1
  record RunPreStart(Subject subject, String ref, ContainerConfig config, int index, String cause)
      implements Operation {}

  record StopContainer(Subject subject, String ref, Optional<Duration> grace, String cause)
      implements Operation {}

  record RestartContainer(Subject subject, String ref, Optional<Duration> grace, String cause)
      implements Operation {}

  record KillContainer(Subject subject, String ref, String signal, String cause)
      implements Operation {}

  record PauseContainer(Subject subject, String ref, String cause) implements Operation {}

  record UnpauseContainer(Subject subject, String ref, String cause) implements Operation {}

  /// @param volumes its anonymous volumes too
  record RemoveContainer(Subject subject, String ref, boolean volumes, String cause)
      implements Operation {}

  record RenameContainer(Subject subject, String ref, String name, String cause)
      implements Operation {}

  /// Waits until the containers of a service are as others need them.
  ///
  /// @param refs those containers
  /// @param required whether those who wait fail with it; else its failure is a warning
  /// @param timeout empty: without end
  record WaitFor(
      Subject subject,
      List<String> refs,
      Condition condition,
      boolean required,
      Optional<Duration> timeout,
      String cause)
      implements Operation {
    public WaitFor {
      refs = List.copyOf(refs);
    }
  }

  /// What can be waited for.
  enum Condition {
    STARTED("started"),
    HEALTHY("healthy"),
    /// Healthy however long it takes: unhealthy is not the last word.
    RECOVERED("healthy again"),
    COMPLETED("completed"),
    /// Healthy where there is a health check, else running.
    READY("ready");

    private final String word;

    Condition(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
