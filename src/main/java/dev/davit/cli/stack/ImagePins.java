package dev.davit.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.artifact.ProjectFile;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.write.ComposeWriter;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Digest;
import dev.davit.image.Reference;
import dev.davit.registry.Registries;
import java.util.HashMap;
import java.util.TreeSet;

/// An override file that pins each service's image to the digest that its registry has for it now.
///
/// @param registries to ask
record ImagePins(Registries registries) {
  private static final String NAME = "image-digests.yaml";

  /// @param services of the finished model
  ProjectFile file(Mapping services) {
    var pinned = new HashMap<String, String>();
    Mapping all = Mapping.empty(services.place());
    for (String name : new TreeSet<>(services.keys())) {
      Mapping service = services.mapping(name);
      if (service.text("image").isPresent()) {
        String image = pinned.computeIfAbsent(service.text("image").get(), this::pinned);
        Mapping empty = Mapping.empty(service.place());
        all = all.with(name, empty.with("image", Scalar.text(image, service.place())));
      }
    }
    Mapping override = Mapping.empty(services.place()).with("services", all);
    return new ProjectFile(
        ProjectFile.Role.COMPOSE, NAME, ComposeWriter.rawYaml(override).getBytes(UTF_8));
  }

  private String pinned(String image) {
    Reference reference = Reference.parse(image);
    if (reference.digest().isPresent()) {
      return reference.toString();
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
    return reference + "@" + digest;
  }
}
