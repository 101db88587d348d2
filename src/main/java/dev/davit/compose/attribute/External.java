package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.object;

/// `external` of a network, volume, secret or config.
final class External {
  /// The mapping is the deprecated form; the loader moves its name before anything reads it.
  static final Attribute EXTERNAL =
      attribute("external", either(FLAG, object(attribute("name", STRING))));

  private External() {}
}
