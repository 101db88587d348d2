package dev.davit.transfer;

import dev.davit.content.StoredImage;
import dev.davit.image.Descriptor;
import dev.davit.image.Index;
import dev.davit.image.Reference;
import java.util.ArrayList;
import java.util.List;

/// What a registry must have for an image to be there: pure.
///
/// @param to the name that the image gets, with tag
/// @param parts config and layers, each once
/// @param documents what is named at last, in the order of naming: the manifest, and where that is
///   all that an index has, the index; the last one gets the tag
record PushPlan(Reference to, List<Part> parts, List<Descriptor> documents) {
  private static final int MOST_SOURCES = 2;

  /// @param from paths of repositories of the same registry that may have it already
  record Part(Descriptor blob, List<String> from) {
    Part {
      from = List.copyOf(from);
    }
  }

  PushPlan {
    parts = List.copyOf(parts);
    documents = List.copyOf(documents);
  }

  /// An index that was pulled for one platform.
  ///
  /// @param descriptor of its bytes, which are here
  record Known(Descriptor descriptor, Index index) {}

  /// @param to with tag
  /// @param indexes those that the image came by
  /// @param images all that are here, whose names tell which repositories have which blobs
  static PushPlan of(
      StoredImage image, Reference to, List<Known> indexes, List<StoredImage> images) {
    var parts = new ArrayList<Part>();
    image
        .manifest()
        .parts()
        .distinct()
        .forEach(blob -> parts.add(new Part(blob, from(blob, to, images))));
    var documents = new ArrayList<Descriptor>();
    documents.add(
        Descriptor.of(
            image.manifest().mediaType(), image.descriptor().digest(), image.descriptor().size()));
    indexes.stream()
        .filter(known -> isWhole(known.index(), image))
        .findFirst()
        .ifPresent(known -> documents.add(known.descriptor()));
    return new PushPlan(to, parts, documents);
  }

  // An index without its other manifests would be refused.
  private static boolean isWhole(Index index, StoredImage image) {
    return index.manifests().stream()
        .allMatch(each -> each.digest().equals(image.descriptor().digest()));
  }

  private static List<String> from(Descriptor blob, Reference to, List<StoredImage> images) {
    return images.stream()
        .filter(
            image -> image.manifest().parts().anyMatch(has -> has.digest().equals(blob.digest())))
        .flatMap(image -> image.names().stream())
        .filter(name -> name.domain().equals(to.domain()) && !name.path().equals(to.path()))
        .map(Reference::path)
        .distinct()
        .limit(MOST_SOURCES)
        .toList();
  }

  /// Bytes of config and layers.
  long size() {
    return parts.stream().mapToLong(part -> part.blob().size()).sum();
  }
}
