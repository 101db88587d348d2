package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.TEXT;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.oneOrMore;

/// `provider`: a program that stands for a service instead of containers.
final class Provider {
  static final Attribute PROVIDER =
      attribute(
              "provider",
              object(
                  attribute("type", STRING).required(),
                  attribute("options", mapOf(oneOrMore("a list of values", TEXT)))))
          .notYet("up refuses the service");

  private Provider() {}
}
