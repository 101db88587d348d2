package dev.davit.compose.load;

import static java.util.Map.entry;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import java.util.Map;

/// Phase: what the specification says about attributes that were left out.
final class Defaults {
  private static final PathTable<Rewrite> TABLE =
      PathTable.of(
          Map.ofEntries(
              entry("services.*.depends_on.*", Defaults::required),
              entry("services.*.env_file.*", Defaults::required),
              entry("services.*.ports.*", Defaults::port),
              entry("services.*.volumes.*", Defaults::mount)));

  private Defaults() {}

  static Mapping apply(Mapping tree, Context context) {
    return (Mapping) Rewrite.all(tree, TABLE);
  }

  private static Node required(TreePath path, Node node) {
    return node instanceof Mapping it
        ? it.withDefault("required", Scalar.bool(true, it.place()))
        : node;
  }

  private static Node port(TreePath path, Node node) {
    return node instanceof Mapping port
        ? port.withDefault("mode", Scalar.text("ingress", port.place()))
            .withDefault("protocol", Scalar.text("tcp", port.place()))
        : node;
  }

  private static Node mount(TreePath path, Node node) {
    if (!(node instanceof Mapping mount) || !isBind(mount)) {
      return node;
    }
    Mapping bind = mount.mapping("bind");
    return mount.with(
        "bind", bind.withDefault("create_host_path", Scalar.bool(true, mount.place())));
  }

  static boolean isBind(Mapping mount) {
    return new View(mount).text("type").orElse("").equals("bind");
  }
}
