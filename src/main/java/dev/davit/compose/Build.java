package dev.davit.compose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// How a service's image is made, grouped by what the attributes are about.
public record Build(From from, Inputs inputs, Cache cache, Sandbox sandbox, Output output) {

  /// What is built.
  ///
  /// @param context absolute path, URL or `service:NAME`; empty for none
  /// @param dockerfile relative to the context; absent if there is an inline one
  /// @param additional further contexts by name: absolute paths, URLs, `service:NAME`
  /// @param target stage to stop at
  public record From(
      String context,
      Optional<String> dockerfile,
      Optional<String> inline,
      Map<String, String> additional,
      Optional<String> target) {}

  /// What the build is given besides its contexts.
  ///
  /// @param args resolved; those without value are left out
  /// @param ssh paths of an agent's socket or of keys by id, empty for the caller's agent
  /// @param secrets their targets are ids
  public record Inputs(Map<String, String> args, Map<String, String> ssh, List<Grant> secrets) {}

  /// @param disabled whether nothing is taken from the cache
  /// @param disabledStages the stages that are built anew
  /// @param pull whether base images are looked for again
  public record Cache(
      List<String> from,
      List<String> to,
      boolean disabled,
      List<String> disabledStages,
      boolean pull) {}

  /// Where the build's commands run.
  ///
  /// @param network `none`, `host`, `default` or the name of a network
  /// @param shmSize bytes of `/dev/shm`
  /// @param isolation means something on Windows only
  public record Sandbox(
      Optional<String> network,
      Map<String, List<String>> extraHosts,
      OptionalLong shmSize,
      Map<String, Limits.Ulimit> ulimits,
      Optional<String> isolation,
      boolean privileged,
      Set<String> entitlements) {}

  /// @param tags further references besides the service's image
  /// @param provenance `true`, `false` or `mode=…`
  /// @param sbom `true`, `false` or `generator=…`
  public record Output(
      List<String> tags,
      Map<String, String> labels,
      List<String> platforms,
      Optional<String> provenance,
      Optional<String> sbom) {}
}
