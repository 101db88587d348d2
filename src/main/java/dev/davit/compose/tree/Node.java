package dev.davit.compose.tree;

import dev.davit.error.Place;

/// One node of a Compose file, immutable.
public sealed interface Node permits Mapping, Sequence, Scalar {

  /// Where a reader looks for it: a scalar where it stands, a mapping or a list at its key.
  Place place();

  /// What it is, for messages: `a mapping`, `a list`, `a number`.
  String kind();
}
