package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.ImageConfig;
import dev.davit.image.ImageSpec;
import dev.davit.image.ImageSpec.History;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// Images that are put together here: of one layer, on top of another image or of nothing.
public final class Making {
  private static final int CHUNK = 256 * 1024;

  private final Store store;

  public Making(Store store) {
    this.store = store;
  }

  /// Writes the tar stream of a layer.
  @FunctionalInterface
  public interface Layer {
    /// @return whether there is anything in it; else the image gets no layer
    boolean write(OutputStream tar) throws IOException;
  }

  /// What the new image is.
  ///
  /// @param how how it came to be; its time is the image's
  public record Outline(Platform platform, String author, ImageConfig config, History how) {}

  private record Written(Descriptor blob, Digest diffId) {}

  /// Makes an image and gives it those names.
  public StoredImage make(
      Optional<StoredImage> base, Layer layer, Outline outline, List<Reference> names) {
    try (Hold _ = store.hold()) {
      Optional<Written> written = written(layer);
      ImageSpec spec = spec(base, written, outline);
      written.ifPresent(it -> unpack(spec, it.blob()));
      byte[] config = spec.bytes();
      Descriptor ofConfig = Descriptor.of(MediaType.OCI_CONFIG, config);
      store.blobs().add(ofConfig, config);
      byte[] manifest = Manifest.of(ofConfig, layers(base, written)).bytes();
      Descriptor ofManifest = Descriptor.of(MediaType.OCI_MANIFEST, manifest);
      store.blobs().add(ofManifest, manifest);
      return store.images().add(ofManifest, List.of(), names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A layer that is the content of `in`, a tar stream, perhaps compressed. Nothing at all is no
  /// archive but the output of a program that failed: INVALID.
  public static Layer of(InputStream in) {
    return tar -> {
      if (Decompression.of(in).transferTo(tar) == 0) {
        throw new DavitException(
            Kind.INVALID, "the archive is empty", "look at what was to write it");
      }
      return true;
    };
  }

  private Optional<Written> written(Layer layer) throws IOException {
    try (BlobDraft draft = store.blobs().draft()) {
      var hash = Digest.Algorithm.SHA256.hash();
      boolean isEmpty;
      try (var tar =
          new DigestOutputStream(
              new GZIPOutputStream(new BufferedOutputStream(draft.out(), CHUNK), CHUNK), hash)) {
        isEmpty = !layer.write(tar);
      }
      if (isEmpty) {
        return Optional.empty();
      }
      Blob blob = draft.keep();
      return Optional.of(
          new Written(
              Descriptor.of(MediaType.OCI_LAYER_GZIP, blob.digest(), blob.size()),
              Digest.of(Digest.Algorithm.SHA256, hash.digest())));
    }
  }

  private static ImageSpec spec(
      Optional<StoredImage> base, Optional<Written> written, Outline outline) {
    var diffIds = new ArrayList<>(base.map(it -> it.spec().diffIds()).orElse(List.of()));
    written.map(Written::diffId).ifPresent(diffIds::add);
    History how = outline.how();
    var history = new ArrayList<>(base.map(it -> it.spec().history()).orElse(List.of()));
    history.add(
        new History(
            how.created(), how.createdBy(), how.author(), how.comment(), written.isEmpty()));
    return new ImageSpec(
        outline.platform(), how.created(), outline.author(), outline.config(), diffIds, history);
  }

  private static List<Descriptor> layers(Optional<StoredImage> base, Optional<Written> written) {
    var layers = new ArrayList<Descriptor>();
    base.ifPresent(
        image ->
            image
                .manifest()
                .layers()
                .forEach(
                    it ->
                        layers.add(
                            Descriptor.of(MediaType.oci(it.mediaType()), it.digest(), it.size()))));
    written.map(Written::blob).ifPresent(layers::add);
    return layers;
  }

  private void unpack(ImageSpec spec, Descriptor blob) {
    int last = spec.diffIds().size() - 1;
    try (ContentWriter writer = store.layers().write(spec, last, blob)) {
      writer.commit();
    }
  }
}
