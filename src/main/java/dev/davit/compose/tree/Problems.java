package dev.davit.compose.tree;

import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects what is wrong, with the source line of each place.
public final class Problems {
  private final Map<String, List<String>> lines = new LinkedHashMap<>();
  private final List<Problem> errors = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /// Makes a file's text known, so that its lines can be shown.
  public void addFile(String name, String text) {
    // A tab would put the caret off: the excerpt shows it as one column.
    lines.put(name, text.replace('\t', ' ').lines().toList());
  }

  public void error(Place place, TreePath path, String message) {
    error(place, path, message, null);
  }

  public void error(Place place, TreePath path, String message, @Nullable String help) {
    errors.add(problem(Severity.ERROR, place, path.toString(), message, help));
  }

  public void warning(Place place, TreePath path, String message, @Nullable String help) {
    warnings.add(problem(Severity.WARNING, place, path.toString(), message, help));
  }

  private Problem problem(
      Severity severity, Place place, String path, String message, @Nullable String help) {
    List<String> file = lines.getOrDefault(place.file(), List.of());
    String excerpt = place.line() <= file.size() ? file.get(place.line() - 1) : null;
    return new Problem(severity, place, path, message, excerpt, help);
  }

  /// Errors in the order of the files, each said once.
  public List<Problem> errors() {
    return inFileOrder(errors);
  }

  public List<Problem> warnings() {
    return inFileOrder(warnings);
  }

  private List<Problem> inFileOrder(List<Problem> problems) {
    List<String> files = List.copyOf(lines.keySet());
    Comparator<Place> order =
        Comparator.comparingInt((Place place) -> files.indexOf(place.file()))
            .thenComparingInt(Place::line)
            .thenComparingInt(Place::column);
    return problems.stream()
        .distinct()
        .sorted(Comparator.comparing(Problem::place, Comparator.nullsLast(order)))
        .toList();
  }

  /// The text of each file by name.
  public Map<String, List<String>> lines() {
    return Map.copyOf(lines);
  }
}
