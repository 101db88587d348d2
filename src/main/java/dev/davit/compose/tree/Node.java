package dev.davit.compose.tree;

import dev.davit.error.Place;
import dev.davit.error.Source.Via;

/// One node of a Compose file, immutable.
public sealed interface Node permits Mapping, Sequence, Scalar {

  /// Where a reader looks for it: a scalar where it stands, a mapping or a list at its key.
  Place place();

  /// The same, in a file to which one more step leads.
  Node reachedBy(Via step);

  /// Whether another node says the same, wherever it does.
  boolean sameAs(Node other);

  /// What it is, for messages: `a mapping`, `a list`, `a number`.
  String kind();
}
