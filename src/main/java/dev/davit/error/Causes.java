package dev.davit.error;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says a thing once that is the case at several places.
public final class Causes {
  private Causes() {}

  /// Problems of the same code and message become the first of them, with notes of the other
  /// places.
  public static List<Problem> once(List<Problem> problems) {
    Map<String, Problem> byCause = new LinkedHashMap<>();
    for (Problem problem : problems) {
      byCause.merge(problem.code() + problem.message(), problem, Causes::and);
    }
    return List.copyOf(byCause.values());
  }

  private static Problem and(Problem first, Problem other) {
    var notes = new ArrayList<>(first.notes());
    if (other.place() != null && !other.place().equals(first.place())) {
      notes.add(also(other.path(), other.place()));
    }
    other.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
    return new Problem(
        first.code(),
        first.severity(),
        first.place(),
        first.path(),
        first.message(),
        first.excerpt(),
        first.help(),
        notes);
  }

  /// The note of one more place.
  public static Note also(String path, Place place) {
    return new Note("also at " + path, place, null);
  }
}
