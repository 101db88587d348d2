package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.attribute.Support;
import dev.davit.compose.text.Numbers;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Phase: what services that take part say and Davit does not do is told, so that nobody waits for
/// it.
final class Honoured {
  /// Variables of docker compose that say nothing to Davit, and why.
  private static final Map<String, Support> VARIABLES =
      Map.of(
          "COMPOSE_CONVERT_WINDOWS_PATHS",
          new Support.NoEffect("paths are those of Linux"),
          "COMPOSE_EXPERIMENTAL",
          new Support.NoEffect("nothing of Davit is switched on by it"),
          "COMPOSE_EXPERIMENTAL_GIT_REMOTE",
          new Support.NotYet("files of other machines are refused"),
          "COMPOSE_EXPERIMENTAL_OCI_REMOTE",
          new Support.NotYet("files of other machines are refused"),
          "COMPOSE_EXPERIMENTAL_WATCH_TAR",
          new Support.NoEffect("watch copies all changes at once"));

  private Honoured() {}

  static Mapping check(Mapping tree, Context context) {
    Mapping enabled = context.profiles().enabled(tree.mapping("services"));
    Schema.honoured(tree.with("services", enabled), context.problems());
    return tree;
  }

  /// Phase: variables that are on and that nobody heeds.
  static Mapping variables(Mapping tree, Context context) {
    for (String name : new TreeSet<>(VARIABLES.keySet())) {
      context.files().environment().given(name).stream()
          .limit(1)
          .filter(it -> Numbers.isOn(it.value()))
          .forEach(it -> tell(name, it.said(), context.problems()));
    }
    return tree;
  }

  private static void tell(String name, Place place, Problems problems) {
    Support support = VARIABLES.getOrDefault(name, new Support.Honoured());
    support
        .about("variable \"" + name + "\"")
        .ifPresent(
            it -> problems.warning(it.code(), place, TreePath.ROOT, it.message(), "unset it"));
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
