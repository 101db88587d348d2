package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRING_MAP;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import java.util.Optional;

/// `logging` of a service.
final class Logging {
  static final Attribute LOGGING =
      attribute(
          "logging",
          object(
                  attribute(
                      "driver",
                      STRING.notYet(
                          "logging driver",
                          it -> !it.matches("json-file|local|none"),
                          "json-file is used")),
                  attribute("options", STRING_MAP))
              .merged("merged by key, or replaced where the driver is another", Logging::merge));

  private Logging() {}

  /// Options of one driver mean nothing to another.
  private static Node merge(Node base, Node over) {
    if (!(base instanceof Mapping below) || !(over instanceof Mapping above)) {
      return over;
    }
    Optional<String> driver = above.text("driver");
    if (driver.isPresent() && below.has("driver") && !driver.equals(below.text("driver"))) {
      return above;
    }
    Mapping options = below.mapping("options");
    for (var entry : above.mapping("options").entries().entrySet()) {
      options = options.with(entry.getKey(), entry.getValue().value());
    }
    Mapping merged = driver.isPresent() ? below.with("driver", above.get("driver").get()) : below;
    return options.keys().isEmpty() ? merged : merged.with("options", options);
  }
}
