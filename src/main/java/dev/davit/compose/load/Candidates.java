package dev.davit.compose.load;

import dev.davit.compose.tree.Document.Clearing;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was written for a part of a project and did not last, because a later file, document or
/// service said otherwise.
public final class Candidates {

  /// @param text as YAML on one line; empty where `place` has a tag that takes away what was there
  public record Candidate(Place place, Optional<String> text) {
    static Candidate of(Node node) {
      return new Candidate(node.place(), Optional.of(Candidates.text(node)));
    }
  }

  private final TreeMap<String, List<Candidate>> lost = new TreeMap<>();
  private final Map<Source, Environment> included = new LinkedHashMap<>();

  /// What variables mean in an included file.
  void inInclude(Source file, Environment environment) {
    included.put(file, environment);
  }

  /// What variables mean in each include.
  public List<Environment> included() {
    return included.values().stream().distinct().toList();
  }

  /// What variables mean where that is written, if it is in an include.
  Optional<Environment> included(Place place) {
    return Optional.ofNullable(included.get(place.source()));
  }

  /// Those that lost at a tree path such as `services.web.image`, the earliest first.
  public List<Candidate> lost(String treePath) {
    return List.copyOf(lost.getOrDefault(treePath, List.of()));
  }

  /// A node gives way to a later one.
  void add(TreePath path, Node node) {
    add(path, Candidate.of(node));
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach((key, entry) -> add(path.child(key), entry.value()));
    }
  }

  /// A tag takes a node away.
  void clear(Clearing clearing, Node node) {
    add(clearing.path(), node);
    cleared(clearing.path(), node, clearing.place());
  }

  private void cleared(TreePath path, Node node, Place place) {
    add(path, new Candidate(place, Optional.empty()));
    if (node instanceof Mapping mapping) {
      mapping.entries().forEach((key, it) -> cleared(path.child(key), it.value(), place));
    }
  }

  private void add(TreePath path, Candidate candidate) {
    lost.computeIfAbsent(path.toString(), _ -> new ArrayList<>()).add(candidate);
  }

  /// What lost at one path, and below it, has lost at another path too.
  void copy(Candidates from, TreePath source, TreePath target) {
    String prefix = source.toString();
    // '.' and '[' begin the next step
    Map<String, List<Candidate>> below = Map.copyOf(from.lost.subMap(prefix + ".", prefix + "/"));
    below.forEach(
        (path, candidates) ->
            lost.computeIfAbsent(target + path.substring(prefix.length()), _ -> new ArrayList<>())
                .addAll(0, candidates));
  }

  private static String text(Node node) {
    return switch (node) {
      case Scalar scalar -> scalar.isNull() ? "null" : scalar.text();
      case Sequence list ->
          list.items().stream().map(Candidates::text).collect(Collectors.joining(", ", "[", "]"));
      case Mapping mapping ->
          mapping.entries().entrySet().stream()
              .map(it -> it.getKey() + ": " + text(it.getValue().value()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }
}
