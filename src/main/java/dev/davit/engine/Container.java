package dev.davit.engine;

import dev.davit.network.Sandbox;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is known of a container at one moment; it never changes, ask again for news.
///
/// @param id 64 hex digits
/// @param imageId digest of the image that it was created from
/// @param restartCount restarts by its policy since it was last started by hand
/// @param mounts with sources resolved; of volumes since its creation
/// @param sandbox addresses and published ports, while it has a network namespace of its own
/// @param contents digests of the contents that it was handed for its files, by target; one that is
///   not there was lost as the machine ended
/// @param allowance what it may use where its configuration says nothing
public record Container(
    String id,
    ContainerConfig config,
    String imageId,
    Instant created,
    ContainerState state,
    int restartCount,
    List<Mount> mounts,
    Optional<Sandbox> sandbox,
    Map<String, String> contents,
    Allowance allowance) {
  public Container {
    mounts = List.copyOf(mounts);
    contents = Map.copyOf(contents);
  }

  public String name() {
    return config.name();
  }

  /// What it may use: what was asked for, and its allowance.
  public ContainerConfig.Resources resources() {
    return allowance.complete(config.resources());
  }

  /// The first 12 digits of the id.
  public String shortId() {
    return Ids.shortened(id);
  }

  /// @param source path on the host, or the name of a volume
  public record Mount(MountConfig.Type type, String source, String target, boolean readOnly) {}
}
