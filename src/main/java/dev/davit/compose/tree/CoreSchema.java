package dev.davit.compose.tree;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;

/// What a scalar is by the YAML 1.2 core schema, with `0440`, `0b11` and `1_000` as numbers, which
/// docker accepts. SnakeYAML alone knows YAML 1.1, where `no` is a boolean and `22:22` is 1342.
final class CoreSchema {
  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?([0-9][0-9_]*|0o[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+)");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final String NOT_TEXT_BEGINS = "~nNtTfF+-.0123456789";

  private CoreSchema() {}

  /// The type of a scalar as written, by its tag if it has one; a tag that YAML does not know means
  /// text, or nothing.
  static Scalar.Type typeOf(ScalarEvent scalar) {
    String tag = scalar.getTag();
    if (tag == null) {
      return scalar.isPlain() ? typeOf(scalar.getValue()) : Scalar.Type.TEXT;
    }
    boolean nothing = scalar.isPlain() && NULL.matcher(scalar.getValue()).matches();
    if (tag.equals(Tag.NULL.getValue()) || (nothing && tag.startsWith("!"))) {
      return Scalar.Type.NULL;
    }
    if (tag.equals(Tag.BOOL.getValue())) {
      return Scalar.Type.BOOL;
    }
    if (tag.equals(Tag.INT.getValue())) {
      return Scalar.Type.INTEGER;
    }
    return tag.equals(Tag.FLOAT.getValue()) ? Scalar.Type.DECIMAL : Scalar.Type.TEXT;
  }

  /// Whether a key is `<<` without quotes.
  static boolean isMerge(Event key) {
    return key instanceof ScalarEvent scalar
        && scalar.isPlain()
        && scalar.getTag() == null
        && scalar.getValue().equals("<<");
  }

  private static Scalar.Type typeOf(String plain) {
    if (!plain.isEmpty() && NOT_TEXT_BEGINS.indexOf(plain.charAt(0)) < 0) {
      return Scalar.Type.TEXT;
    }
    if (NULL.matcher(plain).matches()) {
      return Scalar.Type.NULL;
    }
    if (BOOL.matcher(plain).matches()) {
      return Scalar.Type.BOOL;
    }
    if (INTEGER.matcher(plain).matches()) {
      return Scalar.Type.INTEGER;
    }
    return DECIMAL.matcher(plain).matches() ? Scalar.Type.DECIMAL : Scalar.Type.TEXT;
  }
}
