package dev.davit.artifact;

import dev.davit.compose.tree.Scalar;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Values that get others in a YAML text; every other byte stays.
final class Edits {
  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

  private record Edit(Scalar value, String instead) {}

  // What an alias stands for is written once.
  private final Map<Place, Edit> edits = new TreeMap<>(ORDER.reversed());

  void replace(Scalar value, String instead) {
    edits.put(value.place(), new Edit(value, instead));
  }

  /// The text of the file that the places are in, with the edits made.
  String in(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
    edits.forEach(
        (place, edit) ->
            lines.set(place.line() - 1, edited(lines.get(place.line() - 1), place, edit)));
    return String.join("", lines);
  }

  // Quotes, an anchor and a tag are part of what stands there, and stay.
  private static String edited(String line, Place place, Edit edit) {
    int from = line.offsetByCodePoints(0, place.column() - 1);
    int behind = line.offsetByCodePoints(from, place.endColumn() - place.column());
    String written = edit.value().text();
    int at = line.lastIndexOf(written, behind - written.length());
    if (at < from) {
      throw new DavitException(
          Kind.INVALID,
          place + ": the file name \"" + written + "\" cannot be replaced for publishing",
          "write it on one line, and without escapes");
    }
    return line.substring(0, at) + edit.instead() + line.substring(at + written.length());
  }
}
