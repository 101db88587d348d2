package dev.davit.compose.attribute;

import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import org.jspecify.annotations.Nullable;

/// Something odd in a text.
///
/// @param help what to write instead
public record Remark(Code code, String message, @Nullable String help) {

  void tell(Place place, TreePath path, Problems problems) {
    problems.warning(code, place, path, message, help);
  }
}
