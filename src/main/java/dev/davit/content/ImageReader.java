package dev.davit.content;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Document;
import dev.davit.image.ImageSpec;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes images of what is in the store.
final class ImageReader {
  private static final Logger LOG = LoggerFactory.getLogger(ImageReader.class);
  private static final int LARGEST = 4 << 20;

  private final Blobs blobs;
  private final Layers layers;
  private final Aside aside;

  ImageReader(Blobs blobs, Layers layers, Aside aside) {
    this.blobs = blobs;
    this.layers = layers;
    this.aside = aside;
  }

  /// A blob that is there and not what its name says.
  private static final class WrongBlob extends DavitException {
    private static final long serialVersionUID = 1L;
    private final transient Blob blob;

    WrongBlob(Blob blob, String why) {
      super(Kind.INVALID, "blob %s %s".formatted(blob.digest(), why));
      this.blob = blob;
    }
  }

  /// The image that `entry` is; empty, and said so, where its parts are not what they were.
  Optional<StoredImage> read(Ledger.Entry entry) {
    String name =
        entry.names().stream().map(ImageReader::familiar).findFirst().orElse(entry.manifest());
    var thing = Thing.of("image", name);
    try {
      Digest digest = Digest.parse(entry.manifest());
      return Optional.of(
          image(
              Descriptor.of(entry.mediaType(), digest, blobs.require(digest).size()),
              entry.indexes().stream().map(Digest::parse).toList(),
              entry.names().stream().map(Reference::parse).toList(),
              entry.added()));
    } catch (WrongBlob e) {
      // Else whoever pulls the image again would take it for what is here already.
      aside.put(thing, e.blob.file(), Damage.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      aside.note(thing, Damage.of(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private static String familiar(String name) {
    try {
      return Reference.parse(name).familiar();
    } catch (DavitException e) {
      return name;
    }
  }

  /// The image with that manifest.
  StoredImage image(
      Descriptor descriptor, List<Digest> indexes, List<Reference> names, Instant added) {
    byte[] bytes = content(descriptor.digest());
    if (!(Document.parse(descriptor.mediaType(), bytes) instanceof Manifest manifest)) {
      throw invalid(descriptor, "is an index and no image");
    }
    String type = manifest.config().mediaType();
    if (!type.isEmpty() && !MediaType.isConfig(type)) {
      throw invalid(descriptor, "is a \"%s\" and no image".formatted(type));
    }
    ImageSpec spec = ImageSpec.of(manifest, content(manifest.config().digest()));
    return new StoredImage(descriptor, manifest, spec, indexes, names, added);
  }

  private byte[] content(Digest digest) {
    Blob blob = blobs.require(digest);
    byte[] bytes;
    try {
      bytes = blob.read(LARGEST);
    } catch (UncheckedIOException e) {
      throw new WrongBlob(blob, "cannot be read: " + e.getMessage());
    }
    if (!digest.names(bytes)) {
      throw new WrongBlob(blob, "has other content");
    }
    return bytes;
  }

  static DavitException invalid(Descriptor descriptor, String why) {
    return new DavitException(Kind.INVALID, "manifest %s %s".formatted(descriptor.digest(), why))
        .about(Culprit.of(Part.IMAGE));
  }

  /// The images whose parts are all here, whoever knows of them. They have no names.
  List<StoredImage> found() {
    var found = new ArrayList<StoredImage>();
    for (Blob blob : blobs.list()) {
      if (blob.size() <= LARGEST && beginsAsJson(blob)) {
        try {
          var image =
              image(
                  Descriptor.of("", blob.digest(), blob.size()), List.of(), List.of(), added(blob));
          if (image.spec().chainIds().stream().allMatch(layers::has)) {
            found.add(typed(image));
          }
        } catch (RuntimeException e) {
          LOG.debug("{} is no manifest", blob.digest(), e);
        }
      }
    }
    return found;
  }

  private static StoredImage typed(StoredImage image) {
    Descriptor is = image.descriptor();
    var descriptor = Descriptor.of(image.manifest().mediaType(), is.digest(), is.size());
    return new StoredImage(
        descriptor, image.manifest(), image.spec(), image.indexes(), image.names(), image.added());
  }

  private static Instant added(Blob blob) {
    try {
      return Files.getLastModifiedTime(blob.file()).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean beginsAsJson(Blob blob) {
    try (var in = blob.open()) {
      return in.read() == '{';
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
