package dev.davit.image;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The images that one name stands for, one a platform.
///
/// @param subject the manifest that it belongs to, if it says so
public record Index(
    String mediaType,
    List<Descriptor> manifests,
    Optional<Descriptor> subject,
    Map<String, String> annotations)
    implements Document {
  private static final int MOST = 2000;

  // What buildkit puts beside images: no image itself.

  public Index {
    manifests = List.copyOf(manifests);
    annotations = Map.copyOf(annotations);
  }

  /// An index that belongs to nothing.
  public Index(String mediaType, List<Descriptor> manifests, Map<String, String> annotations) {
    this(mediaType, manifests, Optional.empty(), annotations);
  }

  static Index of(String type, Json json) {
    return new Index(
        type,
        json.objects("manifests", MOST).stream().map(Document::descriptor).toList(),
        json.has("subject")
            ? Optional.of(Document.descriptor(json.object("subject")))
            : Optional.empty(),
        json.map("annotations"));
  }

  /// The manifest that runs best on `wanted`, the first of equal ones; one without a platform only
  /// where there is nothing else.
  public Optional<Descriptor> find(Platform wanted) {
    List<Descriptor> images = manifests.stream().filter(each -> !each.isAttestation()).toList();
    Optional<Descriptor> found =
        images.stream()
            .filter(each -> each.platform().filter(wanted::matches).isPresent())
            .min(
                comparingInt(
                    each -> each.platform().map(wanted::rank).orElseThrow().orElseThrow()));
    return found.isPresent() || images.size() != 1
        ? found
        : images.stream().filter(each -> each.platform().isEmpty()).findFirst();
  }

  /// What it has images for, to be named in a message.
  public List<Platform> platforms() {
    return manifests.stream().flatMap(each -> each.platform().stream()).distinct().toList();
  }

  /// The document's text.
  public String print() {
    return Json.print(
        Json.map(
            "schemaVersion",
            2,
            "mediaType",
            mediaType,
            "manifests",
            manifests.stream().map(Descriptor::json).toList(),
            "subject",
            subject.map(Descriptor::json).orElse(Map.of()),
            "annotations",
            new TreeMap<>(annotations)));
  }
}
