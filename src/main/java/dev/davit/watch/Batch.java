package dev.davit.watch;

import dev.davit.watch.Rule.Mapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What some changes together ask for, in the order in which it is done. Equal batches print equal.
///
/// @param syncs what to copy or remove, by service
/// @param restarts services, each with a path that has changed
/// @param execs commands that run afterwards
public record Batch(
    SortedMap<String, List<Mapping>> syncs, SortedMap<String, String> restarts, List<Exec> execs) {

  /// The command of a rule.
  ///
  /// @param path one that has changed
  public record Exec(Rule rule, String path) {}

  /// What changes of `paths` mean to `rules`.
  public static Batch of(List<Rule> rules, Collection<String> paths) {
    var syncs = new TreeMap<String, List<Mapping>>();
    var restarts = new TreeMap<String, String>();
    var execs = new ArrayList<Exec>();
    for (Rule rule : rules) {
      List<Mapping> mappings =
          paths.stream().sorted().flatMap(path -> rule.mapping(path).stream()).toList();
      if (mappings.isEmpty()) {
        continue;
      }
      if (rule.syncs()) {
        syncs.merge(rule.service(), mappings, Batch::together);
      }
      String first = mappings.getFirst().path();
      switch (rule.action()) {
        case RESTART, SYNC_RESTART -> restarts.putIfAbsent(rule.service(), first);
        case SYNC_EXEC -> execs.add(new Exec(rule, first));
        case SYNC, REBUILD -> {}
      }
    }
    return new Batch(syncs, restarts, List.copyOf(execs));
  }

  private static List<Mapping> together(List<Mapping> some, List<Mapping> more) {
    return Stream.concat(some.stream(), more.stream()).distinct().toList();
  }

  /// The same without what would follow the sync of `service`.
  public Batch withoutFollowing(String service) {
    var rest = new TreeMap<>(restarts);
    rest.remove(service);
    return new Batch(
        syncs, rest, execs.stream().filter(it -> !it.rule().service().equals(service)).toList());
  }

  /// A line for each step.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    syncs.forEach(
        (service, mappings) ->
            mappings.forEach(
                it -> lines.add("sync %s: %s -> %s".formatted(service, it.path(), it.target()))));
    lines.addAll(causes());
    return lines;
  }

  /// A line for each step that follows, why.
  public List<String> causes() {
    var lines = new ArrayList<String>();
    restarts.forEach(
        (service, path) -> lines.add("restart %s: %s has changed".formatted(service, path)));
    execs.forEach(
        exec -> lines.add("exec %s: %s has changed".formatted(exec.rule().service(), exec.path())));
    return lines;
  }
}
