package dev.davit.content;

import dev.davit.archive.LayerUnpacking.Unpacked;
import dev.davit.archive.TreeComparison;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.ImageSpec;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Reading;
import dev.davit.stored.Reading.Absent;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Layers as directories for overlayfs, unpacked once, by the chain of layers that they complete.
public final class Layers {
  static final String FILES = "fs";
  private static final String UNFINISHED = ".new-";
  private static final String GOING = ".gone-";

  private final Path directory;
  private final Blobs blobs;
  private final LayerLimit limit;
  private final Aside aside;
  private final Turns turns = new Turns();
  private final AtomicLong drafts = new AtomicLong(System.nanoTime());

  Layers(Path directory, Blobs blobs, LayerLimit limit, Aside aside) {
    this.aside = aside;
    this.directory = directory;
    this.blobs = blobs;
    this.limit = limit;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where a layer will be.
  record Place(Layers layers, Digest chainId, Digest diffId, Digest blob, Turns.Turn turn)
      implements AutoCloseable {
    Path staging() {
      return layers.staging();
    }

    void keep(Path staging, Unpacked unpacked) {
      LayerFile.of(diffId, blob, unpacked).write(staging);
      layers.move(staging, layers.path(chainId));
    }

    @Override
    public void close() {
      turn.close();
    }
  }

  /// Whether the layer that completes that chain is here.
  public boolean has(Digest chainId) {
    return Files.isDirectory(path(chainId));
  }

  /// To write the blob of a layer of an image and unpack it meanwhile; waits while somebody else
  /// does. Where the blob is here already, [ContentWriter#commit] unpacks it; where the layer is,
  /// it does nothing. A thread that opens several before it closes one may wait for itself.
  ///
  /// @param spec the image's config
  /// @param layer which layer it is, 0 for the lowest
  /// @param blob the same in the image's manifest
  public ContentWriter write(ImageSpec spec, int layer, Descriptor blob) {
    Digest chainId = spec.chainIds().get(layer);
    var turn = turns.take(chainId);
    try {
      BlobFile file = blobs.open(blob);
      if (has(chainId)) {
        turn.close();
        return file;
      }
      var place = new Place(this, chainId, spec.diffIds().get(layer), blob.digest(), turn);
      try {
        return new LayerWriter(file, place, limit.of(blob.size()));
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (RuntimeException e) {
      turn.close();
      throw e;
    }
  }

  /// Where the files of the layer are.
  Path files(Digest chainId) {
    return path(chainId).resolve(FILES);
  }

  LayerFile file(Digest chainId) {
    if (!Files.isDirectory(files(chainId))) {
      throw broken(chainId, "its files are gone");
    }
    return switch (LayerFile.read(path(chainId))) {
      case Whole<LayerFile>(LayerFile file) -> file;
      case Absent<LayerFile> _ -> throw broken(chainId, "layer.json is gone");
      case Useless<LayerFile>(Damage damage) -> throw broken(chainId, damage.why());
    };
  }

  private static DavitException broken(Digest chainId, String why) {
    return new DavitException(
        Kind.INTERNAL,
        "layer %s: %s".formatted(chainId, why),
        "remove the images that use it and pull them again");
  }

  /// Makes again what is missing of a layer, from its blob. The files of one that has them stay: a
  /// container may stand on them.
  void mend(Digest chainId, Digest diffId, Digest blob) {
    Reading<LayerFile> file = LayerFile.read(path(chainId));
    boolean whole = Files.isDirectory(files(chainId));
    if (whole && file instanceof Whole<LayerFile>) {
      return;
    }
    try (var _ = turns.take(chainId)) {
      var thing = Thing.of("layer", chainId.brief());
      if (!whole && has(chainId)) {
        aside.put(thing, path(chainId), Damage.of("it has no files"));
      } else if (file instanceof Useless<LayerFile>(Damage damage)) {
        aside.put(thing, path(chainId).resolve(LayerFile.NAME), damage);
      }
      Path again = staging();
      try {
        LayerPipeline.Result result = unpack(diffId, blobs.require(blob), again);
        LayerFile made = LayerFile.of(diffId, blob, result.unpacked());
        if (whole) {
          made.settled().write(path(chainId));
        } else {
          made.write(again);
          move(again, path(chainId));
        }
      } finally {
        Durable.remove(again);
      }
    }
  }

  private LayerPipeline.Result unpack(Digest diffId, Blob blob, Path staging) {
    try (var pipeline =
        new LayerPipeline(
            blob.open(), staging.resolve(FILES), diffId.algorithm(), limit.of(blob.size()))) {
      pipeline.grown(blob.size());
      return pipeline.finish();
    }
  }

  Path path(Digest chainId) {
    return directory.resolve(chainId.algorithm() + "-" + chainId.hex());
  }

  /// The chains that are here.
  List<Digest> list() {
    return names().stream().flatMap(name -> chainId(name).stream()).sorted().toList();
  }

  // What else lies there is nobody's that is known.
  private static Optional<Digest> chainId(String name) {
    try {
      return Optional.of(Digest.parse(name.replaceFirst("-", ":")));
    } catch (DavitException e) {
      return Optional.empty();
    }
  }

  private List<String> names() {
    try (Stream<Path> found = Files.list(directory)) {
      return found.map(each -> each.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes what a process that died was unpacking or removing.
  void clean() {
    for (String name : names()) {
      if (name.startsWith(UNFINISHED) || name.startsWith(GOING)) {
        Durable.remove(directory.resolve(name));
      }
    }
  }

  void remove(Digest chainId) {
    Path going = directory.resolve(GOING + drafts.incrementAndGet());
    if (has(chainId)) {
      // First by name, so that it is never there in part.
      move(path(chainId), going);
      Durable.remove(going);
    }
  }

  private void move(Path from, Path to) {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Bytes of the files of each of those layers.
  public List<Long> sizes(List<Digest> chainIds) {
    return chainIds.stream().map(chainId -> file(chainId).size()).toList();
  }

  /// Bytes of the files of those layers.
  long size(List<Digest> chainIds) {
    return chainIds.stream().mapToLong(chainId -> file(chainId).size()).sum();
  }

  /// What differs between a layer and what its blob unpacks to now, `most` at most.
  List<String> differences(Digest chainId, int most) {
    LayerFile file = file(chainId);
    Digest diffId = Digest.parse(file.diffId());
    Blob blob = blobs.require(Digest.parse(file.blob()));
    Path again = staging();
    try {
      LayerPipeline.Result result = unpack(diffId, blob, again);
      if (!result.diffId().equals(diffId)) {
        return List.of("its blob unpacks to " + result.diffId());
      }
      try (Fd expected = open(again.resolve(FILES));
          Fd actual = open(files(chainId))) {
        var lenient = Set.copyOf(result.unpacked().implicit());
        return TreeComparison.differences(expected, actual, lenient, most);
      }
    } finally {
      Durable.remove(again);
    }
  }

  private static Fd open(Path directory) {
    return Kernel.open(directory.toString(), Open.RDONLY | Open.DIRECTORY, 0);
  }

  private Path staging() {
    try {
      return Files.createDirectory(directory.resolve(UNFINISHED + drafts.incrementAndGet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives the directories that archives only led through the attributes that they have below.
  void settle(List<Digest> chainIds) {
    var below = new ArrayList<Path>();
    for (Digest chainId : chainIds) {
      LayerFile file = file(chainId);
      if (!file.implicit().isEmpty()) {
        Inheriting.inherit(files(chainId), file.implicit(), below.reversed());
        file.settled().write(path(chainId));
      }
      if (file.hidesBelow()) {
        below.clear();
      }
      below.add(files(chainId));
    }
  }

  /// The directories that show those layers, the topmost first.
  List<Path> lowerdirs(List<Digest> chainIds) {
    var lowerdirs = new ArrayList<Path>();
    for (Digest chainId : chainIds.reversed()) {
      lowerdirs.add(files(chainId));
      if (file(chainId).hidesBelow()) {
        break;
      }
    }
    return lowerdirs.isEmpty() ? List.of(empty()) : lowerdirs;
  }

  // An image may have no layers at all, an overlay not.
  private Path empty() {
    try {
      return Files.createDirectories(directory.resolveSibling("empty"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
