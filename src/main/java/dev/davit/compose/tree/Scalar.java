package dev.davit.compose.tree;

import dev.davit.error.Place;
import dev.davit.error.Source.Via;

/// A single value.
///
/// @param text as written, without quotes; empty for [Type#NULL]
public record Scalar(Type type, String text, Place place) implements Node {

  /// What the value is by the YAML 1.2 core schema.
  public enum Type {
    TEXT("a string"),
    /// Text with variables that stand for what is not known: of any type.
    TEMPLATE("a string"),
    INTEGER("a number"),
    DECIMAL("a number"),
    BOOL("a boolean"),
    NULL("nothing");

    private final String kind;

    Type(String kind) {
      this.kind = kind;
    }
  }

  public static Scalar text(String text, Place place) {
    return new Scalar(Type.TEXT, text, place);
  }

  public static Scalar nothing(Place place) {
    return new Scalar(Type.NULL, "", place);
  }

  public static Scalar bool(boolean value, Place place) {
    return new Scalar(Type.BOOL, Boolean.toString(value), place);
  }

  public boolean isTemplate() {
    return type == Type.TEMPLATE;
  }

  public boolean isNull() {
    return type == Type.NULL;
  }

  @Override
  public Scalar reachedBy(Via step) {
    return new Scalar(type, text, place.reachedBy(step));
  }

  @Override
  public boolean sameAs(Node other) {
    return other instanceof Scalar it && type == it.type && text.equals(it.text);
  }

  @Override
  public String kind() {
    return type.kind;
  }
}
