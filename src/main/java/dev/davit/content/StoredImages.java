package dev.davit.content;

import static java.util.stream.Collectors.joining;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The images of the store and their names. An image is here with all its parts or not at all.
public final class StoredImages {
  private static final int SHORTEST_ID = 2;
  // Who imports an image must not take the name of what Davit itself makes.
  private static final Reference OWN = Reference.parse("davit/host");

  private final LedgerFiles files;
  private final ImageReader reader;
  private final Blobs blobs;
  private final Layers layers;
  private List<StoredImage> images;

  /// The images of the ledger, each read on its own; without a ledger those whose parts are here.
  StoredImages(LedgerFiles files, ImageReader reader, Blobs blobs, Layers layers) {
    this.files = files;
    this.reader = reader;
    this.blobs = blobs;
    this.layers = layers;
    this.images = opened(files, reader);
  }

  private static List<StoredImage> opened(LedgerFiles files, ImageReader reader) {
    Optional<Ledger> ledger = files.read();
    return ledger.isPresent()
        ? ledger.get().images().stream().flatMap(entry -> reader.read(entry).stream()).toList()
        : reader.found();
  }

  public synchronized List<StoredImage> list() {
    return images;
  }

  /// Makes an image of what is in the store, its manifest, config, blobs and unpacked layers, and
  /// gives it those names, which are taken from images that had them. It is on the disk when this
  /// returns. Whoever calls it holds the store.
  ///
  /// @param manifest where it is described; its blob is here
  /// @param indexes digests of indexes, whose blobs are here, to be kept with it
  /// @param names with tag or digest
  public synchronized StoredImage add(
      Descriptor manifest, List<Digest> indexes, List<Reference> names) {
    names.forEach(StoredImages::checkName);
    StoredImage image = reader.image(manifest, indexes, List.of(), Instant.now());
    indexes.forEach(blobs::require);
    image.manifest().layers().forEach(layer -> blobs.require(layer.digest()));
    for (Digest chainId : image.spec().chainIds()) {
      if (!layers.has(chainId)) {
        throw ImageReader.invalid(manifest, "has a layer that is not unpacked: " + chainId);
      }
    }
    layers.settle(image.spec().chainIds());
    blobs.use(manifest.digest());
    var changed = new ArrayList<StoredImage>();
    boolean known = false;
    for (StoredImage each : images) {
      boolean same = each.descriptor().digest().equals(manifest.digest());
      known |= same;
      changed.add(same ? merged(each, indexes, names) : without(each, names));
    }
    if (!known) {
      changed.add(named(image, names));
    }
    save(changed);
    return require(manifest.digest());
  }

  /// Refuses a name that no image of the store may have.
  public static void checkName(Reference name) {
    if (name.domain().equals(OWN.domain()) && name.path().equals(OWN.path())) {
      throw new DavitException(
              Kind.CONFLICT,
              "\"%s\" is the host's own image".formatted(name.familiar()),
              "give the image another name")
          .about(Culprit.of(Part.IMAGE));
    }
  }

  private static StoredImage merged(
      StoredImage image, List<Digest> indexes, List<Reference> names) {
    return new StoredImage(
        image.descriptor(),
        image.manifest(),
        image.spec(),
        Stream.concat(image.indexes().stream(), indexes.stream()).distinct().toList(),
        Stream.concat(image.names().stream(), names.stream()).distinct().toList(),
        Instant.now());
  }

  private static StoredImage without(StoredImage image, List<Reference> names) {
    return named(image, image.names().stream().filter(name -> !names.contains(name)).toList());
  }

  private static StoredImage named(StoredImage image, List<Reference> names) {
    return new StoredImage(
        image.descriptor(), image.manifest(), image.spec(), image.indexes(), names, image.added());
  }

  private void save(List<StoredImage> changed) {
    files.write(
        new Ledger(
            changed.stream()
                .map(
                    image ->
                        new Ledger.Entry(
                            image.descriptor().digest().toString(),
                            image.manifest().mediaType(),
                            image.indexes().stream().map(Digest::toString).toList(),
                            image.names().stream().map(Reference::toString).toList(),
                            image.added()))
                .toList()));
    images = List.copyOf(changed);
  }

  private StoredImage require(Digest manifest) {
    return images.stream()
        .filter(image -> image.descriptor().digest().equals(manifest))
        .findFirst()
        .orElseThrow();
  }

  /// The image that `text` means, as docker has it: a name, `name@digest`, an id or the beginning
  /// of one that only one image has.
  public synchronized Optional<StoredImage> find(String text) {
    Optional<String> id = Reference.id(text);
    Optional<StoredImage> named = id.isPresent() ? Optional.empty() : byName(Reference.parse(text));
    return named.isPresent() ? named : byId(id.orElse(text));
  }

  private Optional<StoredImage> byName(Reference name) {
    // With both, the digest decides, and a tag may have moved on.
    Reference meant =
        name.digest().isPresent()
            ? new Reference(name.domain(), name.path(), Optional.empty(), name.digest())
            : name;
    return images.stream().filter(image -> image.names().contains(meant)).findFirst();
  }

  private Optional<StoredImage> byId(String text) {
    String hex = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
    if (hex.length() < SHORTEST_ID || !hex.matches("[0-9a-f]{1,64}")) {
      return Optional.empty();
    }
    List<StoredImage> found =
        images.stream().filter(image -> image.id().hex().startsWith(hex)).toList();
    long ids = found.stream().map(StoredImage::id).distinct().count();
    if (ids > 1) {
      throw new DavitException(
              Kind.CONFLICT,
              "\"%s\" is the beginning of several image ids".formatted(text),
              found.stream().map(image -> image.id().brief()).collect(joining(", ")))
          .about(Culprit.of(Part.IMAGE));
    }
    return found.stream().findFirst();
  }

  /// As [#find], but what is missing is `NOT_FOUND`.
  public StoredImage require(String text) {
    return find(text)
        .orElseThrow(
            () ->
                new DavitException(
                        Kind.NOT_FOUND,
                        "image \"%s\" is not here".formatted(text),
                        "\"davit image ls\" shows what is")
                    .about(Culprit.of(Part.IMAGE)));
  }

  /// Gives an image one more name; an image that had it loses it.
  public synchronized void tag(StoredImage image, Reference name) {
    checkName(name);
    change(
        each ->
            each.descriptor().digest().equals(image.descriptor().digest())
                ? merged(each, List.of(), List.of(name))
                : without(each, List.of(name)));
  }

  /// Takes a name away; the last tag of a repository takes the repository's digests with it, as
  /// with docker. The image stays.
  ///
  /// @return the names that are gone
  public synchronized List<Reference> untag(Reference name) {
    StoredImage image =
        byName(name)
            .orElseThrow(
                () -> new DavitException(Kind.NOT_FOUND, "no image \"%s\"".formatted(name)));
    var gone = new ArrayList<>(List.of(name));
    boolean last =
        image.tags().stream()
            .noneMatch(other -> !other.equals(name) && isSameRepository(other, name));
    if (last && name.tag().isPresent()) {
      image.names().stream()
          .filter(other -> !other.equals(name) && isSameRepository(other, name))
          .forEach(gone::add);
    }
    change(each -> without(each, gone));
    return gone;
  }

  private static boolean isSameRepository(Reference one, Reference other) {
    return one.domain().equals(other.domain()) && one.path().equals(other.path());
  }

  /// Takes the image away with all its names; its content goes with the next [Store#collect].
  public synchronized void remove(StoredImage image) {
    save(
        images.stream()
            .filter(each -> !each.descriptor().digest().equals(image.descriptor().digest()))
            .toList());
  }

  private void change(UnaryOperator<StoredImage> change) {
    save(images.stream().map(change).toList());
  }

  /// All the blobs that it needs.
  static Stream<Digest> blobs(StoredImage image) {
    return Stream.concat(
        Stream.concat(Stream.of(image.descriptor().digest()), image.indexes().stream()),
        image.manifest().parts().map(Descriptor::digest));
  }
}
