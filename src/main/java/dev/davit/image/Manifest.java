package dev.davit.image;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// One image by its parts: its config and its layers, the lowest first.
public record Manifest(
    String mediaType, Descriptor config, List<Descriptor> layers, Map<String, String> annotations)
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
        Document.descriptor(json.object("config")),
        json.objects("layers", MOST_LAYERS).stream().map(Document::descriptor).toList(),
        json.map("annotations"));
  }

  /// All that it consists of: config and layers.
  public Stream<Descriptor> parts() {
    return Stream.concat(Stream.of(config), layers.stream());
  }
}
