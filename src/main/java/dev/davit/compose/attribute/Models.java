package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.NOTHING;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.WHOLE;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.mapOf;
import static dev.davit.compose.attribute.Forms.object;

/// Language models: of the project, and those that a service is told of.
final class Models {
  static final Form MODEL =
      object(
          attribute("name", STRING),
          attribute("model", STRING).required(),
          attribute("context_size", WHOLE),
          attribute("runtime_flags", STRINGS));

  private static final Form USE =
      object(attribute("endpoint_var", STRING), attribute("model_var", STRING));

  static final Attribute MODELS =
      attribute(
              "models",
              either(STRINGS, mapOf(either(USE, NOTHING))).alwaysLongForm(ServiceNetworks::byName))
          .notYet("up refuses the service");

  private Models() {}
}
