package dev.davit.transfer;

import dev.davit.content.ContentWriter;
import dev.davit.content.Hold;
import dev.davit.content.Store;
import dev.davit.content.StoredImage;
import dev.davit.content.StoredImages;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.ImageSpec;
import dev.davit.image.Manifest;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import dev.davit.registry.Fetched;
import dev.davit.registry.Registries;
import dev.davit.registry.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/// Brings images from registries into the store. Layers come at once and are unpacked while they
/// do; what is here already, of whatever image, does not come again. A pull that is interrupted
/// leaves what it got for the next one, and no image.
public final class Pulls {
  /// Layers at a time, of all images: each has buffers and two threads.
  private static final int LAYERS = 6;

  private final Store store;
  private final Registries registries;
  private final Parallel parallel = new Parallel(new Semaphore(LAYERS));

  public Pulls(Store store, Registries registries) {
    this.store = store;
    this.registries = registries;
  }

  /// Brings what `asked` stands for. An interrupt of the thread ends it with `UNAVAILABLE`.
  ///
  /// @param platform that the image must be for; empty: the usual one, and another is a warning
  /// @param usual where nothing is asked for
  public Pulled pull(Reference asked, Optional<Platform> platform, Platform usual, Meter meter) {
    StoredImages.checkName(asked);
    try (Hold _ = store.hold()) {
      Repository repository = registries.repository(asked);
      Selection selection = select(repository, asked, platform.orElse(usual));
      var counter = new Counter(selection.size(), meter);
      try {
        return bring(repository, selection, platform.isPresent(), counter);
      } catch (RuntimeException e) {
        store.explainFull(e, OptionalLong.of(counter.left()));
        throw e;
      }
    }
  }

  private Pulled bring(
      Repository repository, Selection selection, boolean isStrict, Counter counter) {
    ImageSpec spec = config(repository, selection.manifest(), counter);
    Optional<String> other = otherPlatform(selection, spec);
    if (other.isPresent() && isStrict) {
      throw new DavitException(Kind.NOT_FOUND, other.get()).about(Culprit.of(Part.IMAGE));
    }
    layers(repository, selection.manifest(), spec, counter);
    return named(selection, other);
  }

  /// The tags of the repository that `asked` names, as references.
  public List<Reference> tags(Reference asked) {
    return registries.repository(asked).tags().stream()
        .map(tag -> new Reference(asked.domain(), asked.path(), Optional.of(tag), Optional.empty()))
        .toList();
  }

  private static Selection select(Repository repository, Reference asked, Platform platform) {
    Selection selection = Selection.of(asked, platform, repository.manifest());
    while (selection.next().isPresent()) {
      Fetched next = repository.manifest(selection.next().get().digest());
      selection = selection.with(next);
    }
    return selection;
  }

  private ImageSpec config(Repository repository, Manifest manifest, Counter counter) {
    Descriptor config = manifest.config();
    try (ContentWriter writer = store.blobs().write(config)) {
      repository.download(config, new ContentSink(writer, counter));
    }
    return ImageSpec.of(manifest, store.blobs().require(config.digest()).read((int) config.size()));
  }

  private static Optional<String> otherPlatform(Selection selection, ImageSpec spec) {
    return selection.platform().matches(spec.platform())
        ? Optional.empty()
        : Optional.of(
            "image \"%s\" is for %s and not for %s"
                .formatted(selection.asked().familiar(), spec.platform(), selection.platform()));
  }

  private void layers(Repository repository, Manifest manifest, ImageSpec spec, Counter counter) {
    var work = new ArrayList<Runnable>();
    for (int i = 0; i < manifest.layers().size(); i++) {
      int layer = i;
      Descriptor blob = manifest.layers().get(i);
      work.add(
          () -> {
            try (ContentWriter writer = store.layers().write(spec, layer, blob)) {
              repository.download(blob, new ContentSink(writer, counter));
            }
          });
    }
    parallel.run(work);
  }

  private Pulled named(Selection selection, Optional<String> warning) {
    for (Fetched document : selection.documents()) {
      store.blobs().add(document.descriptor(), document.bytes());
    }
    Descriptor manifest = selection.descriptor();
    boolean known =
        store.images().list().stream()
            .filter(image -> image.descriptor().digest().equals(manifest.digest()))
            .anyMatch(image -> image.names().containsAll(selection.names()));
    StoredImage image = store.images().add(manifest, selection.indexes(), selection.names());
    return new Pulled(image, selection.digest(), !known, warning);
  }
}
