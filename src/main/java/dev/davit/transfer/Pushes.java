package dev.davit.transfer;

import dev.davit.content.Blob;
import dev.davit.content.Hold;
import dev.davit.content.Store;
import dev.davit.content.StoredImage;
import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Document;
import dev.davit.image.Index;
import dev.davit.image.Reference;
import dev.davit.registry.Fetched;
import dev.davit.registry.Registries;
import dev.davit.registry.Upload;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Sends images of the store to registries, as they came: what a registry gives back has the same
/// digests. What it has is not sent, and what another of its repositories has neither.
public final class Pushes {
  private static final int BLOBS = 4;
  private static final int LARGEST = 4 << 20;

  private final Store store;
  private final Registries registries;
  private final Parallel parallel = new Parallel(new Semaphore(BLOBS));

  public Pushes(Store store, Registries registries) {
    this.store = store;
    this.registries = registries;
  }

  /// Sends the image that has that name here. `NOT_FOUND` where none has, `INVALID` where the name
  /// is a digest. An interrupt of the thread ends it with `UNAVAILABLE`.
  public Pushed push(Reference name, Meter meter) {
    if (name.digest().isPresent()) {
      throw new DavitException(
              Kind.INVALID,
              "\"%s\" is a digest, which cannot be pushed to".formatted(name.familiar()),
              "give the image a tag and push that")
          .about(Culprit.of(Part.IMAGE));
    }
    try (Hold _ = store.hold()) {
      StoredImage image = store.images().require(name.toString());
      PushPlan plan = PushPlan.of(image, name, indexes(image), store.images().list());
      Upload upload = registries.upload(name);
      var counter = new Counter(plan.size(), meter);
      parallel.run(plan.parts().stream().map(part -> sending(upload, part, counter)).toList());
      return new Pushed(name, documents(upload, plan));
    }
  }

  private List<PushPlan.Known> indexes(StoredImage image) {
    return image.indexes().stream().flatMap(digest -> known(digest).stream()).toList();
  }

  private Optional<PushPlan.Known> known(Digest digest) {
    byte[] bytes = store.blobs().require(digest).read(LARGEST);
    return Document.parse("", bytes) instanceof Index index
        ? Optional.of(
            new PushPlan.Known(Descriptor.of(index.mediaType(), digest, bytes.length), index))
        : Optional.empty();
  }

  private Runnable sending(Upload upload, PushPlan.Part part, Counter counter) {
    return () -> {
      Descriptor blob = part.blob();
      boolean there =
          upload.has(blob.digest())
              || part.from().stream().anyMatch(from -> upload.mount(blob.digest(), from));
      if (there) {
        counter.add(blob.size());
      } else {
        send(upload, blob, counter);
      }
    };
  }

  private void send(Upload upload, Descriptor descriptor, Counter counter) {
    Blob blob = store.blobs().require(descriptor.digest());
    long[] sent = {0};
    upload.blob(
        descriptor,
        from -> {
          InputStream in = blob.open();
          in.skipNBytes(from);
          return in;
        },
        bytes -> {
          synchronized (sent) {
            counter.add(bytes - sent[0]);
            sent[0] = bytes;
          }
        });
  }

  private Descriptor documents(Upload upload, PushPlan plan) {
    Descriptor last = plan.documents().getLast();
    for (Descriptor document : plan.documents()) {
      String called =
          document.equals(last) ? plan.to().tag().orElse("latest") : document.digest().toString();
      byte[] bytes = store.blobs().require(document.digest()).read(LARGEST);
      upload.manifest(called, new Fetched(document.mediaType(), document.digest(), bytes));
    }
    return last;
  }
}
