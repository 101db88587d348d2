package dev.davit.stored;

import java.util.Map;

/// Something that the engine keeps, as far as it is known.
///
/// @param kind in a word or two: `container`, `volume`
/// @param name as its user knows it, or an id
/// @param labels those that could be read
public record Thing(String kind, String name, Map<String, String> labels) {
  public Thing {
    labels = Map.copyOf(labels);
  }

  /// One without labels.
  public static Thing of(String kind, String name) {
    return new Thing(kind, name, Map.of());
  }

  @Override
  public String toString() {
    return "%s \"%s\"".formatted(kind, name);
  }
}
