package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;

/// Where the content of secrets and configs comes from: one place each.
final class FileSources {
  private FileSources() {}

  static void check(Mapping tree, Context context) {
    check(tree, "secrets", List.of("file", "environment"), context);
    check(tree, "configs", List.of("file", "environment", "content"), context);
  }

  private static void check(Mapping tree, String section, List<String> sources, Context context) {
    Mapping all = tree.mapping(section);
    for (String key : all.keys()) {
      Mapping definition = all.mapping(key);
      List<String> written = sources.stream().filter(definition::has).toList();
      TreePath path = TreePath.of(section, key);
      if (written.size() > 1) {
        several(path, definition, written, context);
      } else if (!says(definition, written) && !isElsewhere(definition)) {
        String help = "add " + String.join(", ", sources.subList(0, sources.size() - 1)) + " or ";
        context
            .problems()
            .error(
                Code.INCOMPLETE,
                all.keyPlace(key),
                path,
                "nothing says what is in it",
                help + sources.getLast());
      }
    }
  }

  /// No variable has an empty name.
  private static boolean says(Mapping definition, List<String> written) {
    return !written.isEmpty() && definition.text("environment").filter(String::isEmpty).isEmpty();
  }

  private static boolean isElsewhere(Mapping definition) {
    return definition.has("driver") || new View(definition).flag("external");
  }

  private static void several(
      TreePath path, Mapping definition, List<String> written, Context context) {
    String last = written.getLast();
    var report =
        context
            .problems()
            .error(
                Code.EXCLUSIVE,
                definition.keyPlace(last),
                path.child(last),
                String.join(" and ", written) + " exclude each other",
                "keep one");
    written
        .subList(0, written.size() - 1)
        .forEach(it -> report.note(it + " is here", definition.keyPlace(it)));
  }
}
