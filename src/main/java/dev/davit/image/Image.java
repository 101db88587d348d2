package dev.davit.image;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// An image that is here and can be run.
///
/// @param id digest of what it is, `sha256:…`
/// @param names the references it is known by, canonical
/// @param lowerdirs layers for [Rootfs#mount], the topmost first; paths of this process only
/// @param hostBinds host paths to be bound read-only at the same path
/// @param added when it came here, or was last named
/// @param size bytes of the layers, 0 where they are the host's own
public record Image(
    String id,
    List<Reference> names,
    ImageConfig config,
    List<Path> lowerdirs,
    List<Path> hostBinds,
    Instant created,
    Instant added,
    long size) {
  public Image {
    names = List.copyOf(names);
    lowerdirs = List.copyOf(lowerdirs);
    hostBinds = List.copyOf(hostBinds);
  }
}
