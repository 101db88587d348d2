package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import java.util.List;
import java.util.function.Predicate;

/// One step of loading, by name: a tree becomes a tree, and what is wrong is collected in the
/// context. The loader stops after the last of a run of phases if one of them found an error.
///
/// @param when the options with which it is done
/// @param last whether its errors end the load
record Phase(String name, Step step, Predicate<LoadOptions> when, boolean last) {

  interface Step {
    Mapping apply(Mapping tree, Context context);
  }

  Phase(String name, Step step) {
    this(name, step, _ -> true, true);
  }

  /// Only with some options.
  Phase when(Predicate<LoadOptions> options) {
    return new Phase(name, step, options, last);
  }

  /// The next phase is worth its while even if this one finds errors: its own do not follow from
  /// them.
  Phase goesOn() {
    return new Phase(name, step, when, false);
  }

  /// Stops the load after the last of phases that go on, if they found errors.
  void end(Context context) {
    if (last) {
      context.stopOnErrors();
    }
  }

  /// Those of the phases that the options want.
  static List<Phase> wanted(List<Phase> phases, LoadOptions options) {
    return phases.stream().filter(it -> it.when.test(options)).toList();
  }

  /// A step that needs more of a document than its tree.
  record OfDocument(String name, DocumentStep step) {}

  interface DocumentStep {
    Mapping apply(Layer document, Context context);
  }
}
