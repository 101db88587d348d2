package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRING_MAP;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.KeyValues.LABELS;

/// `secrets` and `configs` at the top level.
final class TopLevelFiles {
  static final Form SECRET =
      object(
          attribute("name", STRING),
          attribute("file", STRING.onHost()),
          attribute("environment", STRING),
          External.EXTERNAL,
          attribute("labels", LABELS),
          attribute("driver", STRING),
          attribute("driver_opts", STRING_MAP),
          attribute("template_driver", STRING));

  static final Form CONFIG =
      object(
          attribute("name", STRING),
          attribute("file", STRING.onHost()),
          attribute("environment", STRING),
          attribute("content", STRING),
          External.EXTERNAL,
          attribute("labels", LABELS),
          attribute("template_driver", STRING));

  private TopLevelFiles() {}
}
