package dev.davit.compose.tree;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// What a plain scalar is by the YAML 1.2 core schema, with `0440` and `1_000` as numbers, which
/// docker accepts. SnakeYAML alone knows YAML 1.1, where `no` is a boolean and `22:22` is 1342.
final class CoreSchema extends Resolver {
  private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
  private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INTEGER =
      Pattern.compile("[-+]?[0-9][0-9_]*|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?"
              + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  @Override
  protected void addImplicitResolvers() {
    // resolve() below says it all.
  }

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    if (kind != NodeId.scalar || !implicit) {
      return super.resolve(kind, value, implicit);
    }
    return switch (typeOf(value)) {
      case TEXT -> value.equals("<<") ? Tag.MERGE : Tag.STR;
      case INTEGER -> Tag.INT;
      case DECIMAL -> Tag.FLOAT;
      case BOOL -> Tag.BOOL;
      case NULL -> Tag.NULL;
    };
  }

  private static Scalar.Type typeOf(String plain) {
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

  /// The type that a resolved or written tag means; a tag of somebody's own means text.
  static Scalar.Type typeOf(Tag tag) {
    if (tag.equals(Tag.NULL)) {
      return Scalar.Type.NULL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Scalar.Type.BOOL;
    }
    if (tag.equals(Tag.INT)) {
      return Scalar.Type.INTEGER;
    }
    return tag.equals(Tag.FLOAT) ? Scalar.Type.DECIMAL : Scalar.Type.TEXT;
  }
}
