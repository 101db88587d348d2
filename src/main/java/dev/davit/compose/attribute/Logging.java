package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRING_MAP;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.attribute.Rule.Merged.Plainly;
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
  private static Node merge(Node base, Node over, Plainly plainly) {
    Optional<String> before = driver(base);
    boolean other =
        before.isPresent() && driver(over).filter(it -> !it.equals(before.get())).isPresent();
    return other ? over : plainly.merge(base, over);
  }

  private static Optional<String> driver(Node node) {
    return node instanceof Mapping logging ? logging.text("driver") : Optional.empty();
  }
}
