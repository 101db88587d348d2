package dev.davit.compose.attribute;

import dev.davit.error.Code;
import java.util.Optional;

/// Whether a container gets what an attribute says.
public sealed interface Support {
  /// `attribute "x" has no effect: it is for clusters`; nothing where all is honoured.
  default Optional<Remark> about(String what) {
    return switch (this) {
      case Honoured _ -> Optional.empty();
      case NotYet it ->
          Optional.of(
              new Remark(Code.NOT_SUPPORTED, what + " is not honoured yet: " + it.instead(), null));
      case NoEffect it ->
          Optional.of(new Remark(Code.NO_EFFECT, what + " has no effect: " + it.why(), null));
    };
  }

  record Honoured() implements Support {}

  /// To come.
  ///
  /// @param instead what happens instead
  record NotYet(String instead) implements Support {}

  /// Never, on one Linux machine.
  record NoEffect(String why) implements Support {}
}
