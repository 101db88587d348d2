package dev.davit.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One image by its parts: its config and its layers, the lowest first.
///
/// @param artifactType what it is if it is no image, or empty
public record Manifest(
    String mediaType,
    String artifactType,
    Descriptor config,
    List<Descriptor> layers,
    Map<String, String> annotations)
    implements Document {
  // Overlayfs takes 500 layers, docker 127.
  private static final int MOST_LAYERS = 2000;

  public Manifest {
    layers = List.copyOf(layers);
    annotations = Map.copyOf(annotations);
  }

  static Manifest of(String type, Json json) {
    if (!json.has("config")) {
      throw json.wrong("has layers and no config");
    }
    return new Manifest(
        type,
        json.string("artifactType"),
        Document.descriptor(json.object("config")),
        json.objects("layers", MOST_LAYERS).stream().map(Document::descriptor).toList(),
        json.map("annotations"));
  }

  /// All that it consists of: config and layers.
  public Stream<Descriptor> parts() {
    return Stream.concat(Stream.of(config), layers.stream());
  }

  /// The manifest of an image that is put together here.
  public static Manifest of(Descriptor config, List<Descriptor> layers) {
    return new Manifest(MediaType.OCI_MANIFEST, "", config, layers, Map.of());
  }

  /// The document, always the same for the same image.
  public byte[] bytes() {
    return Json.print(
            Json.map(
                "schemaVersion",
                2,
                "mediaType",
                mediaType,
                "artifactType",
                artifactType,
                "config",
                config.json(),
                "layers",
                layers.stream().map(Descriptor::json).toList(),
                "annotations",
                new TreeMap<>(annotations)))
        .getBytes(UTF_8);
  }
}
