package dev.davit.compose.attribute;

import static dev.davit.compose.attribute.Attribute.attribute;
import static dev.davit.compose.attribute.Forms.FLAG;
import static dev.davit.compose.attribute.Forms.NOTHING;
import static dev.davit.compose.attribute.Forms.STRING;
import static dev.davit.compose.attribute.Forms.STRINGS;
import static dev.davit.compose.attribute.Forms.STRING_OR_NUMBER;
import static dev.davit.compose.attribute.Forms.checked;
import static dev.davit.compose.attribute.Forms.either;
import static dev.davit.compose.attribute.Forms.listOf;
import static dev.davit.compose.attribute.KeyValues.KEY_VALUES;

import dev.davit.compose.text.ShellWords;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.error.Place;
import java.util.List;

/// What runs in a container, and as whom.
final class Command {
  private static final Form LINE = checked("a string", ShellWords::split);

  /// Words; a string is split into them, no shell is run.
  static final Form WORDS = either(LINE, STRINGS).longForm(Command::words).replaced();

  /// The same, or nothing for those of the image.
  static final Form COMMAND = either(LINE, STRINGS, NOTHING).longForm(Command::words).replaced();

  static final List<Attribute> ATTRIBUTES =
      List.of(
          attribute("command", COMMAND),
          attribute("entrypoint", COMMAND),
          EnvFile.ENV_FILE,
          attribute("environment", KEY_VALUES),
          attribute("group_add", listOf(STRING_OR_NUMBER)),
          attribute("init", FLAG),
          attribute("stdin_open", FLAG),
          attribute("tty", FLAG),
          attribute("user", STRING),
          attribute("working_dir", STRING));

  private Command() {}

  private static Node words(Node node) {
    return node instanceof Scalar line && !line.isNull()
        ? texts(ShellWords.split(line.text()), line.place())
        : node;
  }

  static Sequence texts(List<String> texts, Place place) {
    return new Sequence(texts.stream().<Node>map(it -> Scalar.text(it, place)).toList(), place);
  }
}
