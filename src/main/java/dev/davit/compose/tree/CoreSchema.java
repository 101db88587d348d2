package dev.davit.compose.tree;

import dev.davit.compose.text.MalformedException;
import dev.davit.compose.text.PrintedNumber;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;

/// What a scalar is by the YAML 1.2 core schema, with `0440`, `0b11` and `1_000` as numbers, which
/// docker accepts. SnakeYAML alone knows YAML 1.1, where `no` is a boolean and `22:22` is 1342.
final class CoreSchema {
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?([0-9][0-9_]*|0[oO][0-7_]+|0[xX][0-9a-fA-F_]+|0[bB][01_]+)");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(\\.[0-9][0-9_]*|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9_]+)?");
  private static final Pattern NO_NUMBER =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final String NUMBER_BEGINS = "+-.0123456789";

  /// The types that a tag can ask for.
  private static final Map<String, Scalar.Type> TAGS =
      Map.of(
          Tag.NULL.getValue(), Scalar.Type.NULL,
          Tag.BOOL.getValue(), Scalar.Type.BOOL,
          Tag.INT.getValue(), Scalar.Type.INTEGER,
          Tag.FLOAT.getValue(), Scalar.Type.DECIMAL);

  private CoreSchema() {}

  /// A scalar as written, of the type of its tag if it has one; a tag that YAML does not know means
  /// text, or nothing.
  ///
  /// @throws MalformedException if its text is not what its tag says
  static Scalar read(ScalarEvent scalar, Place place) {
    String tag = scalar.getTag();
    String text = scalar.getValue();
    if (tag == null || tag.equals("!")) {
      return of(scalar.isPlain() ? typeOf(text) : Scalar.Type.TEXT, text, place);
    }
    if (tag.equals(Tag.BINARY.getValue())) {
      return Scalar.text(decoded(text), place);
    }
    Scalar.Type wanted = TAGS.get(tag);
    if (wanted == null) {
      boolean nothing = tag.startsWith("!") && scalar.isPlain() && typeOf(text) == Scalar.Type.NULL;
      return nothing ? Scalar.nothing(place) : Scalar.text(text, place);
    }
    Scalar.Type found = typeOf(text);
    boolean whole = wanted == Scalar.Type.DECIMAL && found == Scalar.Type.INTEGER;
    if (found != wanted && !whole) {
      String name = tag.substring(tag.lastIndexOf(':') + 1);
      throw MalformedException.invalid(Code.INVALID_NUMBER, "!!" + name, text, "remove the tag");
    }
    return of(wanted, text, place);
  }

  private static Scalar of(Scalar.Type type, String text, Place place) {
    return type == Scalar.Type.NULL ? Scalar.nothing(place) : new Scalar(type, text, place);
  }

  private static String decoded(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw MalformedException.invalid(
          Code.INVALID_NUMBER, "!!binary", text, "write base64, or remove the tag");
    }
  }

  /// Whether a key is `<<` without quotes.
  static boolean isMerge(Event key) {
    return key instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag() == null
        && scalar.getValue().equals("<<");
  }

  private static Scalar.Type typeOf(String plain) {
    return switch (plain) {
      case "", "~", "null", "Null", "NULL" -> Scalar.Type.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> Scalar.Type.BOOL;
      default ->
          NUMBER_BEGINS.indexOf(plain.charAt(0)) < 0 ? Scalar.Type.TEXT : typeOfNumber(plain);
    };
  }

  /// @param plain text that begins as a number does
  private static Scalar.Type typeOfNumber(String plain) {
    if (NO_NUMBER.matcher(plain).matches()) {
      return Scalar.Type.DECIMAL;
    }
    boolean whole = INTEGER.matcher(plain).matches();
    boolean number = whole || FRACTION.matcher(plain).matches();
    if (!number || !PrintedNumber.isNumber(plain)) {
      return Scalar.Type.TEXT;
    }
    return whole ? Scalar.Type.INTEGER : Scalar.Type.DECIMAL;
  }
}
