package dev.davit.transfer;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Document;
import dev.davit.image.Index;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.registry.Fetched;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way from a name to the one image that is wanted of it, a document at a time: an index leads
/// to the manifest for a platform, and that to the parts. Pure: it says what is to be fetched next.
///
/// @param asked what was asked for
/// @param platform what the image shall run on
/// @param documents those that were fetched, in that order
/// @param last the last of them as it is read
/// @param next what the last one leads to; empty at the image's manifest
record Selection(
    Reference asked,
    Platform platform,
    List<Fetched> documents,
    Document last,
    Optional<Descriptor> next) {
  private static final int MOST_INDEXES = 4;
  private static final int LARGEST_CONFIG = 4 << 20;

  Selection {
    documents = List.copyOf(documents);
  }

  /// Begins with what the name itself stands for.
  static Selection of(Reference asked, Platform platform, Fetched first) {
    return of(asked, platform, List.of(first));
  }

  /// Goes on with the document that was [#next].
  Selection with(Fetched document) {
    Descriptor promised = next.orElseThrow();
    if (promised.size() != document.bytes().length) {
      throw invalid(
          asked,
          "manifest %s has %d bytes and not %d as its index says"
              .formatted(promised.digest(), document.bytes().length, promised.size()));
    }
    var all = new ArrayList<>(documents);
    all.add(document);
    return of(asked, platform, all);
  }

  private static Selection of(Reference asked, Platform platform, List<Fetched> documents) {
    Fetched last = documents.getLast();
    return switch (Document.parse(last.mediaType(), last.bytes())) {
      case Index index ->
          new Selection(
              asked,
              platform,
              documents,
              index,
              Optional.of(choice(asked, platform, documents, index)));
      case Manifest manifest -> {
        check(asked, manifest);
        yield new Selection(asked, platform, documents, manifest, Optional.empty());
      }
    };
  }

  private static Descriptor choice(
      Reference asked, Platform platform, List<Fetched> documents, Index index) {
    if (documents.size() > MOST_INDEXES) {
      throw invalid(asked, "it has too many indexes in each other");
    }
    return index
        .find(platform)
        .orElseThrow(
            () ->
                new DavitException(
                        Kind.NOT_FOUND,
                        "image \"%s\" is not made for %s".formatted(asked.familiar(), platform),
                        "it is for " + platforms(index))
                    .about(Culprit.of(Part.IMAGE)));
  }

  private static String platforms(Index index) {
    return index.platforms().isEmpty()
        ? "no platform that is named"
        : String.join(", ", index.platforms().stream().map(Platform::toString).toList());
  }

  private static void check(Reference asked, Manifest manifest) {
    String config = manifest.config().mediaType();
    if (!config.isEmpty() && !MediaType.isConfig(config)) {
      throw invalid(asked, "it is a \"%s\" and no image".formatted(config));
    }
    if (manifest.config().size() > LARGEST_CONFIG) {
      throw invalid(asked, "its config has more than %d bytes".formatted(LARGEST_CONFIG));
    }
    for (Descriptor layer : manifest.layers()) {
      if (!layer.mediaType().isEmpty() && !MediaType.isLayer(layer.mediaType())) {
        throw invalid(asked, "it has a \"%s\" for a layer".formatted(layer.mediaType()));
      }
    }
  }

  private static DavitException invalid(Reference asked, String why) {
    return new DavitException(
            Kind.INVALID, "image \"%s\" cannot be used: %s".formatted(asked.familiar(), why))
        .about(Culprit.of(Part.IMAGE));
  }

  /// The image's manifest, once there is nothing next.
  Manifest manifest() {
    if (last instanceof Manifest manifest) {
      return manifest;
    }
    throw new IllegalStateException("an index was asked for its parts");
  }

  /// Where the image's manifest is described.
  Descriptor descriptor() {
    Fetched own = documents.getLast();
    return Descriptor.of(manifest().mediaType(), own.digest(), own.bytes().length);
  }

  /// The digests of the indexes that led to it.
  List<Digest> indexes() {
    return documents.subList(0, documents.size() - 1).stream().map(Fetched::digest).toList();
  }

  /// What docker calls the repository's digest: that of the first document.
  Digest digest() {
    return documents.getFirst().digest();
  }

  /// What the image is to be called: as asked, and by its digest. A tag beside a digest names
  /// nothing.
  List<Reference> names() {
    var exact =
        new Reference(
            asked.domain(), asked.path(), Optional.empty(), Optional.of(digest().toString()));
    return asked.digest().isPresent() ? List.of(exact) : List.of(asked, exact);
  }

  /// Bytes of config and layers.
  long size() {
    return manifest().parts().mapToLong(Descriptor::size).sum();
  }
}
