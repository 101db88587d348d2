package dev.davit.compose.load;

import static java.util.Map.entry;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.TreePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Phase: of list entries that mean the same thing the last one stays, at the place of the first.
final class Unicity {
  private static final PathTable<Rewrite> TABLE =
      PathTable.of(
          Map.ofEntries(
              entry("networks.*.ipam.config", by("subnet")),
              entry("services.*.cap_add", Unicity::texts),
              entry("services.*.cap_drop", Unicity::texts),
              entry("services.*.dns", Unicity::texts),
              entry("services.*.dns_opt", Unicity::texts),
              entry("services.*.dns_search", Unicity::texts),
              entry("services.*.env_file", by("path")),
              entry("services.*.expose", Unicity::texts),
              entry("services.*.extra_hosts", Unicity::texts),
              entry("services.*.label_file", Unicity::texts),
              entry("services.*.networks.*.aliases", Unicity::texts),
              entry("services.*.ports", by("host_ip", "published", "target", "protocol")),
              entry("services.*.profiles", Unicity::texts),
              entry("services.*.volumes", by("target"))));

  private Unicity() {}

  static Mapping apply(Mapping tree, Context context) {
    return (Mapping) Rewrite.all(tree, TABLE);
  }

  private static Node texts(TreePath path, Node node) {
    return unique(node, item -> item instanceof Scalar scalar ? scalar.text() : "");
  }

  /// Mappings are the same when these attributes are.
  private static Rewrite by(String... keys) {
    return (_, node) ->
        unique(
            node,
            item ->
                Stream.of(keys)
                    .map(key -> item instanceof Mapping it ? text(it, key) : "")
                    .collect(Collectors.joining("\n")));
  }

  private static String text(Mapping mapping, String key) {
    String text = mapping.get(key).orElse(null) instanceof Scalar scalar ? scalar.text() : "";
    return key.equals("protocol") && text.isEmpty() ? "tcp" : text;
  }

  private static Node unique(Node node, Function<Node, String> key) {
    if (!(node instanceof Sequence list)) {
      return node;
    }
    var unique = new LinkedHashMap<String, Node>();
    list.items().forEach(item -> unique.put(key.apply(item), item));
    return new Sequence(unique.values().stream().toList(), list.place());
  }
}
