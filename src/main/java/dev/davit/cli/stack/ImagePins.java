package dev.davit.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.artifact.ProjectFile;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.write.ComposeWriter;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Place;
import dev.davit.image.Digest;
import dev.davit.image.Reference;
import dev.davit.registry.Registries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The services' images with the digests that their registries have for them.
///
/// @param images by service
record ImagePins(Map<String, Reference> images) {
  private static final String NAME = "image-digests.yaml";
  private static final Place NOWHERE = new Place(NAME, Place.NO_LINE, 1);

  /// @param services of the finished model
  static ImagePins of(Mapping services, Registries registries) {
    var known = new HashMap<String, Reference>();
    var images = new TreeMap<String, Reference>();
    for (String name : services.keys()) {
      services
          .mapping(name)
          .text("image")
          .map(image -> known.computeIfAbsent(image, it -> pinned(it, registries)))
          .ifPresent(pinned -> images.put(name, pinned));
    }
    return new ImagePins(images);
  }

  /// An override file that says so.
  ProjectFile file() {
    Mapping all = Mapping.empty(NOWHERE);
    for (var image : images.entrySet()) {
      Scalar name = Scalar.text(image.getValue().toString(), NOWHERE);
      all = all.with(image.getKey(), Mapping.empty(NOWHERE).with("image", name));
    }
    Mapping override = Mapping.empty(NOWHERE).with("services", all);
    return new ProjectFile(
        ProjectFile.Role.COMPOSE, NAME, ComposeWriter.rawYaml(override).getBytes(UTF_8));
  }

  /// The images, each once.
  List<Reference> distinct() {
    return images.values().stream().distinct().toList();
  }

  private static Reference pinned(String image, Registries registries) {
    Reference reference = Reference.parse(image);
    if (reference.digest().isPresent()) {
      return reference;
    }
    Digest digest =
        registries
            .repository(reference)
            .head()
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND,
                        "image \"" + image + "\" does not exist in its registry: it has no digest",
                        "push it, or publish without --resolve-image-digests"));
    return Reference.parse(reference + "@" + digest);
  }
}
