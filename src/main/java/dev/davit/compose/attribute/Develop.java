package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.NOTHING;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.alwaysList;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.Forms.object;
import static dev.davit.compose.attribute.Forms.word;

import dev.davit.compose.text.MalformedException;
import dev.davit.error.Code;

/// `develop`: what happens while somebody works on a service's sources.
final class Develop {
  private static final Form PATH = checked("a path", Develop::path).onHost();

  private static final Form PATTERNS = alwaysList(STRING);

  private static final Form ACTION =
      word("action", "rebuild", "sync", "restart", "sync+restart", "sync+exec");

  private static final Form WATCH =
      object(
          attribute("path", PATH).required(),
          attribute("action", ACTION).required(),
          attribute("target", STRING),
          attribute("ignore", PATTERNS),
          attribute("include", PATTERNS),
          attribute("exec", Hooks.ON_CHANGE),
          attribute("initial_sync", FLAG));

  static final Attribute DEVELOP =
      attribute("develop", either(object(attribute("watch", listOf(WATCH))), NOTHING)).unhashed();

  private Develop() {}

  private static void path(String text) {
    if (text.isBlank()) {
      throw MalformedException.invalid(Code.INVALID_NAME, "path", text, "write what to watch");
    }
  }
}
