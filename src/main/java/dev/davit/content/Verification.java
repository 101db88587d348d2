package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.image.Digest;
import dev.davit.image.Document;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Looks whether the store holds what it says: every blob by its digest, every layer by unpacking
/// its blob once more and comparing, every image by its parts.
final class Verification {
  private static final int CHUNK = 256 * 1024;
  private static final int MOST_DIFFERENCES = 5;
  private static final int LARGEST = 4 << 20;

  private final Blobs blobs;
  private final Layers layers;
  private final List<String> broken = new ArrayList<>();
  private final Set<Digest> wrong = new HashSet<>();

  Verification(Blobs blobs, Layers layers) {
    this.blobs = blobs;
    this.layers = layers;
  }

  /// Everything that is in the store, and `images`, which are all of it.
  Verified all(List<StoredImage> images) {
    return verified(images, blobs.list(), layers.list());
  }

  /// What `image` consists of.
  Verified one(StoredImage image) {
    List<Blob> parts =
        StoredImages.blobs(image).distinct().flatMap(each -> blobs.find(each).stream()).toList();
    List<Digest> chainIds = image.spec().chainIds().stream().filter(layers::has).toList();
    return verified(List.of(image), parts, chainIds);
  }

  private Verified verified(List<StoredImage> images, List<Blob> parts, List<Digest> chainIds) {
    parts.forEach(this::blob);
    images.forEach(this::image);
    chainIds.forEach(this::layer);
    return new Verified(parts.size(), chainIds.size(), images.size(), broken);
  }

  private void blob(Blob blob) {
    var hash = blob.digest().algorithm().hash();
    byte[] buffer = new byte[CHUNK];
    try (InputStream in = blob.open()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hash.update(buffer, 0, count);
      }
    } catch (IOException e) {
      wrong(blob.digest(), "cannot be read: " + e.getMessage());
      return;
    }
    if (!Digest.of(blob.digest().algorithm(), hash.digest()).equals(blob.digest())) {
      wrong(blob.digest(), "has other content");
    }
  }

  private void wrong(Digest digest, String why) {
    wrong.add(digest);
    broken.add("blob %s %s".formatted(digest, why));
  }

  private void image(StoredImage image) {
    String name = "image " + image.id().brief();
    StoredImages.blobs(image)
        .filter(digest -> blobs.find(digest).isEmpty())
        .forEach(digest -> broken.add("%s lacks the blob %s".formatted(name, digest)));
    image
        .manifest()
        .parts()
        .filter(
            part -> blobs.find(part.digest()).filter(it -> it.size() != part.size()).isPresent())
        .forEach(part -> broken.add("%s has another size for %s".formatted(name, part.digest())));
    image.indexes().stream()
        .flatMap(index -> blobs.find(index).stream())
        .forEach(index -> index(name, index));
    List<Digest> chainIds = image.spec().chainIds();
    for (int i = 0; i < chainIds.size(); i++) {
      Digest chainId = chainIds.get(i);
      if (!layers.has(chainId)) {
        broken.add("%s lacks the layer %s".formatted(name, chainId));
      } else if (!layers.file(chainId).diffId().equals(image.spec().diffIds().get(i).toString())) {
        broken.add("%s has another layer for %s".formatted(name, chainId));
      }
    }
  }

  private void index(String name, Blob blob) {
    try {
      Document.parse("", blob.read(LARGEST));
    } catch (DavitException e) {
      broken.add("%s has a broken index: %s".formatted(name, e.getMessage()));
    }
  }

  private void layer(Digest chainId) {
    Digest blob = Digest.parse(layers.file(chainId).blob());
    if (blobs.find(blob).isEmpty()) {
      // Whether an image needs it is said there.
      return;
    }
    if (wrong.contains(blob)) {
      broken.add("layer %s cannot be checked: its blob is broken".formatted(chainId));
      return;
    }
    try {
      layers
          .differences(chainId, MOST_DIFFERENCES)
          .forEach(difference -> broken.add("layer %s: %s".formatted(chainId, difference)));
    } catch (DavitException e) {
      broken.add("layer %s: %s".formatted(chainId, e.getMessage()));
    }
  }
}
