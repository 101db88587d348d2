package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Command.COMMAND;
import static dev.davit.compose.attribute.Command.WORDS;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.KeyValues.KEY_VALUES;

import java.util.List;

/// Commands at moments of a container's life.
final class Hooks {
  private static final Attribute USER = attribute("user", STRING);
  private static final Attribute PRIVILEGED = attribute("privileged", FLAG);
  private static final Attribute WORKING_DIR = attribute("working_dir", STRING);
  private static final Attribute ENVIRONMENT = attribute("environment", KEY_VALUES);

  static final Form HOOK =
      object(attribute("command", WORDS).required(), USER, PRIVILEGED, WORKING_DIR, ENVIRONMENT);

  /// What runs when a watched file changes: printed as JSON its command is nothing where there is
  /// none.
  static final Form ON_CHANGE =
      object(attribute("command", COMMAND).required(), USER, PRIVILEGED, WORKING_DIR, ENVIRONMENT);

  private static final Form PRE_START =
      object(
          attribute("command", COMMAND),
          attribute("image", STRING),
          USER,
          PRIVILEGED,
          WORKING_DIR,
          ENVIRONMENT,
          attribute("per_replica", FLAG));

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("pre_start", listOf(PRE_START)),
          attribute("post_start", listOf(HOOK)),
          attribute("pre_stop", listOf(HOOK)));

  private Hooks() {}
}
