package dev.davit.image;

import static java.util.stream.Collectors.joining;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import java.util.Optional;

/// The images that are here.
public interface Images {
  /// The image with that reference (`INVALID` where it is none) or id.
  Optional<Image> find(String reference);

  List<Image> list();

  /// As [#find], but a missing image is `NOT_FOUND` with what exists.
  default Image require(String reference) {
    return find(reference)
        .orElseThrow(
            () ->
                new DavitException(
                        Kind.NOT_FOUND,
                        "image \"%s\" is not here".formatted(reference),
                        "these images exist: "
                            + list().stream()
                                .flatMap(image -> image.names().stream())
                                .map(Reference::familiar)
                                .collect(joining(", ")))
                    .about(Culprit.of(Part.IMAGE)));
  }
}
