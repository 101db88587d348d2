package dev.davit.compose.load;

import static java.util.Map.entry;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.PathTable;
import dev.davit.compose.tree.Rewrite;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import java.nio.file.Path;
import java.util.Map;

/// Phase: paths on the host become absolute; they are relative to the project directory, `~` is the
/// caller's home.
final class Paths {
  private final Context context;

  private Paths(Context context) {
    this.context = context;
  }

  static Mapping apply(Mapping tree, Context context) {
    var paths = new Paths(context);
    PathTable<Rewrite> table =
        PathTable.of(
            Map.ofEntries(
                entry("services.*.env_file.*.path", paths::absolute),
                entry("services.*.label_file.*", paths::absolute),
                entry("services.*.volumes.*", paths::bind),
                entry("volumes.*.driver_opts", paths::device)));
    return (Mapping) Rewrite.all(tree, table);
  }

  private Node absolute(TreePath path, Node node) {
    return node instanceof Scalar scalar
        ? Scalar.text(absolute(scalar.text()), scalar.place())
        : node;
  }

  private String absolute(String text) {
    String home = context.environment().getOrDefault("HOME", "/root");
    boolean inHome = text.equals("~") || text.startsWith("~/");
    String path = inHome ? home + text.substring(1) : text;
    return context.directory().resolve(Path.of(path)).normalize().toString();
  }

  private Node bind(TreePath path, Node node) {
    return node instanceof Mapping mount && Defaults.isBind(mount) && mount.has("source")
        ? mount.with("source", absolute(path, mount.get("source").get()))
        : node;
  }

  /// `o: bind` makes the device of a local volume a path.
  private Node device(TreePath path, Node node) {
    if (!(node instanceof Mapping options) || !options.has("device")) {
      return node;
    }
    boolean bind =
        new View(options).text("o").stream().anyMatch(it -> it.matches("(.*,)?r?bind(,.*)?"));
    return bind ? options.with("device", absolute(path, options.get("device").get())) : node;
  }
}
