package dev.davit.compose.write;

import static java.util.Map.entry;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Mapping.Entry;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.TreePath;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The order of keys in docker's output: by the table, then by the alphabet, extensions last.
final class KeyOrder {
  private static final PathTable<List<String>> TABLE =
      PathTable.of(
          Map.ofEntries(
              entry("networks.*", List.of("name", "driver", "driver_opts", "ipam", "external")),
              entry("services.*", List.of("profiles")),
              entry("services.*.depends_on.*", List.of("condition", "restart", "required")),
              entry("services.*.deploy.resources", List.of("limits", "reservations")),
              entry(
                  "services.*.healthcheck",
                  List.of("test", "timeout", "interval", "retries", "start_period")),
              entry(
                  "services.*.ports.*",
                  List.of("name", "mode", "host_ip", "target", "published", "protocol")),
              entry("services.*.volumes.*", List.of("type", "source", "target", "read_only")),
              entry("volumes.*", List.of("name", "driver", "driver_opts", "external"))));

  private static final List<String> ROOT = List.of("name", "services", "networks", "volumes");

  private KeyOrder() {}

  static Node sorted(TreePath path, Node tree) {
    return sorted(path, tree, TABLE);
  }

  private static Node sorted(TreePath path, Node node, PathTable<List<String>> table) {
    List<String> first = path.steps().isEmpty() ? ROOT : table.rule().orElse(List.of());
    Node ordered = node instanceof Mapping mapping ? sorted(mapping, first) : node;
    return Rewrite.children(
        ordered, path, (at, child) -> sorted(at, child, table.below(at.last())));
  }

  private static Mapping sorted(Mapping mapping, List<String> first) {
    Comparator<String> order =
        Comparator.comparingInt((String key) -> rank(key, first))
            .thenComparing(Comparator.naturalOrder());
    var entries = new LinkedHashMap<String, Entry>();
    mapping.entries().entrySet().stream()
        .sorted(Map.Entry.comparingByKey(order))
        .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    return new Mapping(entries, mapping.place());
  }

  private static int rank(String key, List<String> first) {
    int index = first.indexOf(key);
    if (index >= 0) {
      return index;
    }
    return key.startsWith("x-") ? first.size() + 1 : first.size();
  }
}
