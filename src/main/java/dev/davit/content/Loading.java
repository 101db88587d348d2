package dev.davit.content;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.stream.Collectors.joining;

import dev.davit.archive.TarFiles;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.DockerArchive;
import dev.davit.image.Document;
import dev.davit.image.ImageSpec;
import dev.davit.image.Index;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.image.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// Images out of archives: what `docker save` writes, now and before, and the layout of the OCI
/// image spec.
public final class Loading {
  private static final int LARGEST = 4 << 20;
  // containerd's and docker's name for the whole reference; the spec's is often the tag alone.
  static final String NAME = "io.containerd.image.name";
  static final String REF_NAME = "org.opencontainers.image.ref.name";

  private final Store store;
  private final Optional<Platform> asked;
  private final Platform platform;

  /// @param asked the platform that images must be for; empty: where there are several of a name,
  ///   this machine's
  public Loading(Store store, Optional<Platform> asked) {
    this.store = store;
    this.asked = asked;
    this.platform = asked.orElseGet(Platform::ofThisMachine);
  }

  /// What was loaded.
  ///
  /// @param names those that it was given by the archive
  public record Loaded(StoredImage image, List<Reference> names) {
    public Loaded {
      names = List.copyOf(names);
    }
  }

  /// Reads a tar archive, which may be compressed, to its end.
  public List<Loaded> load(InputStream in) throws IOException {
    try (Hold _ = store.hold();
        InputStream tar = Decompression.of(in)) {
      var intake = new Intake(store.blobs());
      TarFiles.read(tar, intake);
      return load(intake);
    } catch (IOException | RuntimeException e) {
      store.explainFull(e, OptionalLong.empty());
      throw e;
    }
  }

  /// Reads the directory of an OCI layout or of an unpacked archive; links in it are not followed.
  public List<Loaded> load(Path directory) throws IOException {
    try (Hold _ = store.hold();
        Stream<Path> files = Files.walk(directory)) {
      var intake = new Intake(store.blobs());
      for (Path file : files.filter(it -> Files.isRegularFile(it, NOFOLLOW_LINKS)).toList()) {
        try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
          intake.file(directory.relativize(file).toString(), Files.size(file), in);
        }
      }
      return load(intake);
    } catch (IOException | RuntimeException e) {
      store.explainFull(e, OptionalLong.empty());
      throw e;
    }
  }

  private List<Loaded> load(Intake intake) {
    Optional<Blob> index = intake.find("index.json");
    if (index.isPresent()) {
      return layout(index.get());
    }
    Optional<Blob> manifest = intake.find("manifest.json");
    if (manifest.isEmpty()) {
      throw new DavitException(
          Kind.INVALID,
          "archive has neither index.json nor manifest.json: it is no image",
          "make one with \"docker save\" or \"skopeo copy … oci-archive:FILE\"");
    }
    return docker(intake, manifest.get());
  }

  private List<Loaded> layout(Blob file) {
    if (!(Document.parse("", file.read(LARGEST)) instanceof Index index)) {
      throw new DavitException(Kind.INVALID, "index.json of the archive is no index");
    }
    List<Descriptor> all = index.manifests().stream().filter(it -> !it.isAttestation()).toList();
    List<Descriptor> wanted =
        all.stream().filter(each -> isFor(each) || !isElsewhere(each, all)).toList();
    if (wanted.isEmpty() && !all.isEmpty()) {
      throw missing(index);
    }
    var loaded = new ArrayList<Loaded>();
    for (Descriptor each : wanted) {
      loaded.add(image(each, name(each.annotations()).map(List::of).orElse(List.of())));
    }
    return loaded;
  }

  // What does not say its platform is an index, or of old tools: that is looked at later.
  private boolean isFor(Descriptor image) {
    return image.platform().map(platform::matches).orElse(true);
  }

  // Whether its name is given to an image for the platform as well. Where a platform is asked for,
  // an image for another one is never taken instead.
  private boolean isElsewhere(Descriptor image, List<Descriptor> all) {
    Optional<Reference> name = name(image.annotations());
    return asked.isPresent()
        || (name.isPresent()
            && all.stream().anyMatch(it -> isFor(it) && name(it.annotations()).equals(name)));
  }

  private DavitException missing(Index index) {
    List<Platform> there =
        index.manifests().stream()
            .filter(it -> store.blobs().find(it.digest()).isPresent())
            .flatMap(it -> it.platform().stream())
            .distinct()
            .toList();
    return new DavitException(
        Kind.NOT_FOUND,
        "archive has no image for " + platform,
        there.isEmpty()
            ? null
            : "it has %s: load one of them with --platform"
                .formatted(there.stream().map(Platform::toString).collect(joining(", "))));
  }

  private static Optional<Reference> name(Map<String, String> annotations) {
    String whole = annotations.getOrDefault(NAME, "");
    String given = whole.isEmpty() ? annotations.getOrDefault(REF_NAME, "") : whole;
    // A tag by itself names nothing.
    boolean names = !whole.isEmpty() || given.indexOf('/') >= 0 || given.indexOf(':') >= 0;
    return names ? Optional.of(Reference.parse(given)) : Optional.empty();
  }

  private Loaded image(Descriptor target, List<Reference> names) {
    var indexes = new ArrayList<Digest>();
    Descriptor current = target;
    Document document = document(current);
    while (document instanceof Index index && indexes.size() < 4) {
      indexes.add(current.digest());
      current =
          index
              .find(platform)
              .filter(each -> store.blobs().find(each.digest()).isPresent())
              .orElseThrow(() -> missing(index));
      document = document(current);
    }
    if (!(document instanceof Manifest manifest)) {
      throw new DavitException(Kind.INVALID, "archive has too many indexes in each other");
    }
    return new Loaded(take(current, manifest, indexes, names), names);
  }

  private Document document(Descriptor descriptor) {
    Blob blob = store.blobs().require(descriptor.digest());
    return Document.parse(descriptor.mediaType(), blob.read(LARGEST));
  }

  private List<Loaded> docker(Intake intake, Blob file) {
    var loaded = new ArrayList<Loaded>();
    for (DockerArchive.Entry each : DockerArchive.parse(file.read(LARGEST)).images()) {
      Blob config = intake.require(each.config());
      Manifest manifest =
          Manifest.of(
              Descriptor.of(MediaType.OCI_CONFIG, config.digest(), config.size()),
              each.layers().stream().map(intake::require).map(Loading::layer).toList());
      Descriptor descriptor = Descriptor.of(MediaType.OCI_MANIFEST, manifest.bytes());
      store.blobs().add(descriptor, manifest.bytes());
      loaded.add(image(descriptor, each.repoTags().stream().map(Reference::parse).toList()));
    }
    return loaded;
  }

  private static Descriptor layer(Blob blob) {
    try (InputStream in = blob.open()) {
      byte[] head = in.readNBytes(Decompression.LONGEST_MAGIC);
      String type =
          switch (Decompression.Form.of(head)) {
            case GZIP -> MediaType.OCI_LAYER_GZIP;
            case ZSTD -> MediaType.OCI_LAYER_ZSTD;
            case OTHER -> MediaType.OCI_LAYER;
          };
      return Descriptor.of(type, blob.digest(), blob.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StoredImage take(
      Descriptor descriptor, Manifest manifest, List<Digest> indexes, List<Reference> names) {
    ImageSpec spec =
        ImageSpec.parse(store.blobs().require(manifest.config().digest()).read(LARGEST));
    if (asked.filter(it -> !it.matches(spec.platform())).isPresent()) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "archive has an image for %s and not for %s".formatted(spec.platform(), platform));
    }
    unpack(spec, manifest);
    return store.images().add(descriptor, indexes, names);
  }

  // As many at once as there are processors: inflating is what takes long.
  private void unpack(ImageSpec spec, Manifest manifest) {
    int layers = Math.min(manifest.layers().size(), spec.diffIds().size());
    int threads = Math.clamp(layers, 1, Runtime.getRuntime().availableProcessors());
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < layers; i++) {
        int layer = i;
        Descriptor blob = manifest.layers().get(i);
        running.add(pool.submit(() -> unpack(spec, layer, blob)));
      }
      running.forEach(Loading::await);
    }
  }

  private void unpack(ImageSpec spec, int layer, Descriptor blob) {
    store.blobs().require(blob.digest());
    try (ContentWriter writer = store.layers().write(spec, layer, blob)) {
      writer.commit();
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DavitException known ? known : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "unpacking interrupted", null, e);
    }
  }
}
