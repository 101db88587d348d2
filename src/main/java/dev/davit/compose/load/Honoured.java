package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;

/// Phase: what services that take part say and Davit does not do is told, so that nobody waits for
/// it.
final class Honoured {
  private Honoured() {}

  static Mapping check(Mapping tree, Context context) {
    Mapping enabled = context.profiles().enabled(tree.mapping("services"));
    Schema.honoured(tree.with("services", enabled), context.problems());
    return tree;
  }
}
