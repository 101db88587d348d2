package dev.davit.compose.attribute;

import dev.davit.compose.tree.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where the attributes of a parent stand in a Compose file that loads.
///
/// @param lines what comes before them, each line indented
/// @param path of the parent
record Surroundings(String lines, int indent, TreePath path) {
  private static final Map<String, String> HEADS =
      Map.of(
          "services", "services:\n  web:\n    image: i\n",
          "networks", user("networks: [it]") + "networks:\n  it:\n",
          "volumes", user("volumes: [\"it:/it\"]") + "volumes:\n  it:\n",
          "configs", user("configs: [it]") + "configs:\n  it:\n",
          "secrets", user("secrets: [it]") + "secrets:\n  it:\n",
          "models", user("models: [it]") + "models:\n  it:\n");

  private static String user(String attribute) {
    return "services: {web: {image: i, " + attribute + "}}\n";
  }

  /// @param name of an attribute: `services.deploy.replicas`
  static Surroundings of(String name) {
    List<String> steps = List.of(name.split("\\."));
    String section = steps.getFirst();
    String head = HEADS.getOrDefault(section, "");
    boolean own = name.equals("services.image");
    var lines = new StringBuilder(own ? head.replace("    image: i\n", "") : head);
    var path = new ArrayList<>(List.of(section, section.equals("services") ? "web" : "it"));
    int indent = 4;
    for (String step : steps.subList(1, steps.size() - 1)) {
      lines.append(step.indent(indent).stripTrailing()).append(":\n");
      path.add(step);
      indent += 2;
      if (isList(step)) {
        lines.append(" ".repeat(indent)).append("-\n");
        path.add("[0]");
        indent += 2;
      }
    }
    return new Surroundings(lines.toString(), indent, TreePath.of(path.toArray(String[]::new)));
  }

  private static boolean isList(String attribute) {
    return attribute.matches("post_start|pre_start|pre_stop");
  }

  String around(String attributes) {
    return lines + attributes.indent(indent);
  }
}
