package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.error.Code;
import dev.davit.error.Problem;
import java.util.List;

/// Phase: what services that take part say and Davit does not do is told, so that nobody waits for
/// it.
final class Honoured {
  private Honoured() {}

  static Mapping check(Mapping tree, Context context) {
    Mapping enabled = context.profiles().enabled(tree.mapping("services"));
    Schema.honoured(tree.with("services", enabled), context.problems());
    return tree;
  }

  /// Phase: what is not honoured is an error.
  static Mapping insist(Mapping tree, Context context) {
    List<Problem> missing =
        context.problems().warnings().stream()
            .filter(it -> it.code() == Code.NOT_SUPPORTED || it.code() == Code.NO_EFFECT)
            .map(Problem::asError)
            .toList();
    if (!missing.isEmpty()) {
      throw new ComposeFileException(missing);
    }
    return tree;
  }
}
