package dev.davit.docker;

import dev.davit.format.Struct;
import dev.davit.image.Digest;
import dev.davit.image.Image;
import dev.davit.image.ImageSpec;
import dev.davit.image.ImageSpec.History;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import java.util.List;
import java.util.Optional;

/// An image as `GET /images/{name}/json` answers.
public final class ImageShape {
  private ImageShape() {}

  /// @param spec what its config blob says; empty for the host's own
  /// @param digests the names that registries know it by
  public static Struct of(Image image, Optional<ImageSpec> spec, List<Reference> digests) {
    Platform platform = spec.map(ImageSpec::platform).orElseGet(Platform::ofThisMachine);
    List<History> history = spec.map(ImageSpec::history).orElse(List.of());
    var struct =
        new Struct()
            .with("Id", image.id())
            .with("RepoTags", image.names().stream().map(Reference::tagged).toList())
            .with("RepoDigests", digests.stream().map(Reference::familiar).toList())
            .with("Parent", "")
            .with("Comment", history.isEmpty() ? "" : history.getLast().comment())
            .with("Created", image.created().toString())
            .with("DockerVersion", "")
            .with("Author", spec.map(ImageSpec::author).orElse(""))
            .with("Config", ConfigShape.of(image.config()))
            .with("Architecture", platform.architecture());
    if (!platform.variant().isEmpty()) {
      struct.with("Variant", platform.variant());
    }
    return struct
        .with("Os", platform.os())
        .with("Size", image.size())
        .with("GraphDriver", new Struct().with("Data", null).with("Name", "overlay2"))
        .with("RootFS", rootfs(spec.map(ImageSpec::diffIds).orElse(List.of())))
        .with("Metadata", new Struct().with("LastTagTime", image.added().toString()));
  }

  private static Struct rootfs(List<Digest> diffIds) {
    return new Struct()
        .with("Type", "layers")
        .with("Layers", diffIds.stream().map(Digest::toString).toList());
  }
}
