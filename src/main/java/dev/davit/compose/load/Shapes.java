package dev.davit.compose.load;

import static dev.davit.compose.tree.Scalar.Type.BOOL;
import static dev.davit.compose.tree.Scalar.Type.DECIMAL;
import static dev.davit.compose.tree.Scalar.Type.INTEGER;
import static dev.davit.compose.tree.Scalar.Type.NULL;
import static dev.davit.compose.tree.Scalar.Type.TEXT;

import dev.davit.compose.text.Bytes;
import dev.davit.compose.text.Durations;
import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.text.Suggestion;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Scalar;
import dev.davit.error.Code;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The shapes that many attributes share.
final class Shapes {
  private static final Set<Scalar.Type> NUMBERS = EnumSet.of(TEXT, INTEGER, DECIMAL);
  private static final Set<Scalar.Type> VALUES = EnumSet.of(TEXT, INTEGER, DECIMAL, BOOL);

  static final Shape STRING = new Shape.Single("a string", EnumSet.of(TEXT), it -> it);
  static final Shape NOTHING = new Shape.Single("nothing", EnumSet.of(NULL), it -> it);
  static final Shape FLAG =
      new Shape.Single(
          "true or false",
          EnumSet.of(TEXT, BOOL),
          it -> Scalar.bool(Numbers.flag(it.text()), it.place()));
  static final Shape WHOLE = cast("a whole number", INTEGER, it -> "" + Numbers.whole(it));
  static final Shape SMALL = cast("a whole number", INTEGER, Shapes::small);
  static final Shape DECIMALS = cast("a number", DECIMAL, Numbers::decimal);
  static final Shape BYTES = cast("a size in bytes", TEXT, it -> "" + Bytes.parse(it));
  static final Shape DURATION =
      cast("a duration", TEXT, it -> Durations.print(Durations.parse(it)));
  static final Shape MODE = cast("an octal mode", TEXT, it -> "0%03o".formatted(Numbers.octal(it)));

  /// A string, or a number for which quotes were forgotten.
  static final Shape STRING_OR_NUMBER = cast("a string", TEXT, it -> it);

  /// The value of a variable or label.
  static final Shape VALUE =
      new Shape.Single("a value", EnumSet.allOf(Scalar.Type.class), it -> it);

  static final Shape STRINGS = new Shape.ListOf("a list of strings", STRING);
  static final Shape STRING_OR_LIST = either(STRING, STRINGS);
  static final Shape STRING_MAP = mapOf(new Shape.Single("a value", VALUES, Shapes::asText));
  static final Shape KEY_VALUES =
      either(
          mapOf(VALUE),
          new Shape.ListOf("a list of KEY=VALUE", checked("KEY=VALUE", Shapes::keyValue)));

  private Shapes() {}

  static Shape either(Shape... shapes) {
    return new Shape.Either(List.of(shapes));
  }

  static Shape listOf(Shape item) {
    return new Shape.ListOf("a list", item);
  }

  static Shape mapOf(Shape value) {
    return new Shape.MapOf("a mapping", _ -> {}, value);
  }

  /// Things that the user names: services, networks, volumes.
  static Shape named(Shape value) {
    return new Shape.MapOf("a mapping", Shapes::name, value);
  }

  private static void name(String text) {
    if (!text.matches("[a-zA-Z0-9._-]+")) {
      throw MalformedException.invalid(
          Code.INVALID_NAME, "name", text, "use letters, digits, dots, hyphens and underscores");
    }
  }

  /// A string that a check lets pass.
  static Shape checked(String noun, Consumer<String> check) {
    return new Shape.Single(
        noun,
        EnumSet.of(TEXT),
        it -> {
          check.accept(it.text());
          return it;
        });
  }

  /// One of a few words.
  static Shape word(String what, String... words) {
    return checked("one of " + String.join(", ", words), text -> oneOf(what, text, words));
  }

  private static void oneOf(String what, String text, String... words) {
    List<String> known = Arrays.asList(words);
    if (!known.contains(text)) {
      String nearest = Suggestion.of(text, known);
      throw MalformedException.invalid(
          Code.UNKNOWN_WORD,
          what,
          text,
          nearest == null ? "write " + String.join(", ", known) : nearest);
    }
  }

  /// A number or text, as the text that `change` makes of it.
  static Shape cast(String noun, Scalar.Type type, UnaryOperator<String> change) {
    return new Shape.Single(
        noun, NUMBERS, it -> new Scalar(type, change.apply(it.text()), it.place()));
  }

  private static String small(String text) {
    long number = Numbers.whole(text);
    if (number != (int) number) {
      throw MalformedException.invalid(Code.OUT_OF_RANGE, "whole number", text, "it is too large");
    }
    return "" + number;
  }

  private static Scalar asText(Scalar scalar) {
    return Scalar.text(scalar.text(), scalar.place());
  }

  private static void keyValue(String text) {
    int equals = text.indexOf('=');
    String key = equals < 0 ? text : text.substring(0, equals);
    if (key.isBlank() || !key.equals(key.strip())) {
      throw MalformedException.invalid(
          Code.INVALID_KEY_VALUE,
          "KEY=VALUE",
          text,
          "write a key, then = without spaces, then the value");
    }
  }

  /// What to do about a node of the wrong kind.
  static @Nullable String helpFor(Shape shape, Node node) {
    boolean text = shape.fits(Scalar.text("", node.place()));
    return switch (node) {
      case Scalar scalar when scalar.isNull() -> "write a value, or remove the line";
      case Scalar scalar when text -> "put it in quotes: \"" + scalar.text() + "\"";
      default ->
          shape.noun().equals("KEY=VALUE")
              ? "write \"- KEY=VALUE\", or leave out the dash of every entry"
              : null;
    };
  }
}
