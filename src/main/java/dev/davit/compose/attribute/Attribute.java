package dev.davit.compose.attribute;

import dev.davit.compose.tree.Scalar;
import dev.davit.error.Place;
import java.util.Optional;

/// One row of the schema: all that Davit knows about an attribute.
///
/// @param form what may be written, and the rules of merging, uniqueness, paths
/// @param mandatory whether the finished project must have it where its parent is
/// @param otherwise what it is where nobody wrote it, if that is written down
/// @param hashed whether a change of it makes another container
/// @param support whether a container gets what it says
public record Attribute(
    String name,
    Form form,
    boolean mandatory,
    Optional<Otherwise> otherwise,
    boolean hashed,
    Support support) {

  /// A default.
  public record Otherwise(Scalar.Type type, String text) {
    Scalar at(Place place) {
      return new Scalar(type, text, place);
    }
  }

  static Attribute attribute(String name, Form form) {
    return new Attribute(name, form, false, Optional.empty(), true, new Support.Honoured());
  }

  Attribute required() {
    return new Attribute(name, form, true, otherwise, hashed, support);
  }

  Attribute otherwise(boolean value) {
    return otherwise(new Otherwise(Scalar.Type.BOOL, Boolean.toString(value)));
  }

  Attribute otherwise(String value) {
    return otherwise(new Otherwise(Scalar.Type.TEXT, value));
  }

  private Attribute otherwise(Otherwise value) {
    return new Attribute(name, form, mandatory, Optional.of(value), hashed, support);
  }

  /// Says when, how many or from where, not what: a change keeps the container.
  Attribute unhashed() {
    return new Attribute(name, form, mandatory, otherwise, false, support);
  }

  /// @param instead what happens instead, today
  Attribute notYet(String instead) {
    return with(new Support.NotYet(instead));
  }

  /// @param why what it is for, and not here
  Attribute noEffect(String why) {
    return with(new Support.NoEffect(why));
  }

  Attribute with(Support other) {
    return new Attribute(name, form, mandatory, otherwise, hashed, other);
  }
}
