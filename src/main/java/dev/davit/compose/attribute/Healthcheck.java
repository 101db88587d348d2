package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.DURATION;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.SMALL;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.object;

import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import java.util.List;

/// `healthcheck` of a service.
final class Healthcheck {
  private static final Form TEST =
      either(STRING, STRINGS).longForm(Healthcheck::inShell).replaced();

  static final Attribute HEALTHCHECK =
      attribute(
          "healthcheck",
          object(
              attribute("test", TEST),
              attribute("interval", DURATION),
              attribute("timeout", DURATION),
              attribute("start_period", DURATION),
              attribute("start_interval", DURATION),
              attribute("retries", SMALL),
              attribute("disable", FLAG)));

  private Healthcheck() {}

  private static Node inShell(Node node) {
    return node instanceof Scalar line
        ? Command.texts(List.of("CMD-SHELL", line.text()), line.place())
        : node;
  }
}
