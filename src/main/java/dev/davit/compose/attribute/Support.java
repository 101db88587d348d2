package dev.davit.compose.attribute;

/// Whether a container gets what an attribute says.
public sealed interface Support {
  Support HONOURED = new Honoured();

  record Honoured() implements Support {}

  /// @param missing the part that is not honoured
  record Partly(String missing) implements Support {}

  /// To come.
  ///
  /// @param instead what happens instead
  record NotYet(String instead) implements Support {}

  /// Never, on one Linux machine.
  record NoEffect(String why) implements Support {}
}
