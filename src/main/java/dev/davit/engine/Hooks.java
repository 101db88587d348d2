package dev.davit.engine;

import dev.davit.engine.Execs.ExecConfig;
import java.util.List;

/// Commands at moments of a container's life, each list in the order they run in.
///
/// @param preStart each in a container of its own, before the start
/// @param postStart in the container, once it runs
/// @param preStop in the container, before it is stopped
public record Hooks(List<PreStart> preStart, List<ExecConfig> postStart, List<ExecConfig> preStop) {
  public static final Hooks NONE = new Hooks(List.of(), List.of(), List.of());

  public Hooks {
    preStart = List.copyOf(preStart);
    postStart = List.copyOf(postStart);
    preStop = List.copyOf(preStop);
  }

  /// @param exec an empty command is the image's own
  /// @param perReplica whether it runs for each container, or once for all of a service
  public record PreStart(String image, ExecConfig exec, boolean perReplica) {}
}
