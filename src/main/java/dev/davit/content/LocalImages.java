package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.image.Digest;
import dev.davit.image.Image;
import dev.davit.image.Images;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The images that can be run here: Davit's own and those of the store.
public final class LocalImages implements Images {
  private static final Logger LOG = LoggerFactory.getLogger(LocalImages.class);

  private final Images own;
  private final Store store;

  public LocalImages(Images own, Store store) {
    this.own = own;
    this.store = store;
  }

  @Override
  public Optional<Image> find(String reference) {
    Optional<Image> found = own.find(reference);
    return found.isPresent() ? found : store.images().find(reference).map(this::used);
  }

  @Override
  public List<Image> list() {
    return Stream.concat(own.list().stream(), store.images().list().stream().flatMap(this::ifWhole))
        .toList();
  }

  private Stream<Image> ifWhole(StoredImage stored) {
    try {
      return Stream.of(image(stored));
    } catch (DavitException e) {
      LOG.warn("image {} cannot be used: {}", stored.id(), e.getMessage());
      return Stream.empty();
    }
  }

  private Image used(StoredImage stored) {
    store.blobs().use(stored.descriptor().digest());
    return image(stored);
  }

  private Image image(StoredImage stored) {
    try {
      return whole(stored);
    } catch (DavitException e) {
      LOG.warn("image {} is mended: {}", stored.id(), e.getMessage());
      store.mend(stored);
      return whole(stored);
    }
  }

  private Image whole(StoredImage stored) {
    List<Digest> chainIds = stored.spec().chainIds();
    return new Image(
        stored.id().toString(),
        stored.tags(),
        stored.spec().config(),
        store.layers().lowerdirs(chainIds),
        List.of(),
        stored.spec().created(),
        stored.added(),
        store.layers().size(chainIds));
  }
}
