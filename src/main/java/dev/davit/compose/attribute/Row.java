package dev.davit.compose.attribute;

/// An attribute with its place in the tree.
///
/// @param pattern as `services.*.volumes.*.bind.propagation`
/// @param support its own, or that of a parent that is not honoured
/// @param hashed whether a change of it makes another container, or another network or volume
public record Row(String pattern, Attribute attribute, Support support, boolean hashed) {

  static Row top(Attribute attribute) {
    return new Row(attribute.name(), attribute, attribute.support(), attribute.hashed());
  }

  /// @param place of the mapping that the attribute is in
  Row below(String place, Attribute child) {
    boolean honoured = support instanceof Support.Honoured;
    return new Row(
        place + "." + child.name(),
        child,
        honoured ? child.support() : support,
        hashed && child.hashed());
  }
}
