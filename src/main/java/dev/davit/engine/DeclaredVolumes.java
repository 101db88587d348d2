package dev.davit.engine;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;

/// The places that an image declares with `VOLUME`. Whoever made the image decides how many there
/// are, and each costs a directory, a mount and two writes to the disk of the one who runs it.
final class DeclaredVolumes {
  static final int MOST = 256;

  private DeclaredVolumes() {}

  /// The same places; INVALID if there are more than anybody needs.
  ///
  /// @param image as the container names it
  static List<String> bounded(String image, List<String> places) {
    if (places.size() > MOST) {
      throw new DavitException(
              Kind.INVALID,
              "image \"%s\" declares %d volumes, more than %d"
                  .formatted(image, places.size(), MOST),
              "build it with fewer VOLUMEs, or with one around them")
          .about(Culprit.of(Part.IMAGE));
    }
    return places;
  }
}
