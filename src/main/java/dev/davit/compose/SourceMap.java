package dev.davit.compose;

import dev.davit.error.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where each part of a project was written.
///
/// @param places by tree path, `services.web.ports[0]`
/// @param lines the text of each file, by the name that its places carry
public record SourceMap(Map<String, Place> places, Map<String, List<String>> lines) {
  public static final SourceMap EMPTY = new SourceMap(Map.of(), Map.of());

  /// The place of the node at `treePath`, or of its nearest parent that has one.
  public Optional<Place> place(String treePath) {
    for (String path = treePath; !path.isEmpty(); path = parent(path)) {
      Place place = places.get(path);
      if (place != null) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /// The source line at `place`, without its line end.
  public Optional<String> excerpt(Place place) {
    List<String> file = lines.getOrDefault(place.file(), List.of());
    return place.line() <= file.size() ? Optional.of(file.get(place.line() - 1)) : Optional.empty();
  }

  private static String parent(String path) {
    int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
    return end < 0 ? "" : path.substring(0, end);
  }
}
