package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.error.Code;
import dev.davit.error.Problem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Names that nothing defines are told together with what is wrong with single attributes. For that
/// the phases that follow are tried on what is sound; nothing else that they find is told, since it
/// may follow from what was left out.
final class UndefinedNames {
  private static final Set<Code> CODES =
      EnumSet.of(
          Code.UNDEFINED_BASE,
          Code.UNDEFINED_SERVICE,
          Code.UNDEFINED_NETWORK,
          Code.UNDEFINED_VOLUME,
          Code.UNDEFINED_SECRET,
          Code.UNDEFINED_CONFIG,
          Code.UNDEFINED_MODEL,
          Code.DISABLED_SERVICE);

  private UndefinedNames() {}

  /// @param open phases that the documents have not passed yet
  static void tell(Layers documents, List<Phase> open, Context context) {
    boolean included = !context.files().including().isEmpty();
    boolean raw = !context.options().interpolate();
    if (included || raw || documents.layers().isEmpty() || hidesNames(context.problems())) {
      return;
    }
    Context apart = context.apart();
    try {
      Layers sound =
          new Layers(
              documents.layers().stream()
                  .map(it -> it.with(sound(it.tree(), context.problems())))
                  .toList());
      Mapping tree = sound.merge(open, apart);
      ComposeLoader.fitted(tree, apart.forSelected(tree.mapping("services")));
    } catch (ComposeFileException e) {
      // What was found before counts all the same.
    }
    context.problems().take(apart.problems(), CODES);
  }

  /// Of a section that cannot be read nobody knows what it defines.
  private static boolean hidesNames(Problems problems) {
    return problems.errors().stream()
        .map(Problem::path)
        .anyMatch(it -> !it.contains(".") || it.startsWith("include"));
  }

  /// What is broken is left out, but for what has a name by which others know it.
  private static Mapping sound(Mapping tree, Problems problems) {
    return tree.mapValues(
        (_, section) ->
            section instanceof Mapping things
                ? things.mapValues((_, it) -> soundThing(it, problems))
                : sound(section, problems));
  }

  private static Node soundThing(Node thing, Problems problems) {
    return problems.isBroken(thing) ? Mapping.empty(thing.place()) : sound(thing, problems);
  }

  private static Node sound(Node node, Problems problems) {
    return switch (node) {
      case Mapping mapping ->
          mapping
              .keep(key -> mapping.get(key).filter(problems::isBroken).isEmpty())
              .mapValues((_, it) -> sound(it, problems));
      case Sequence list ->
          new Sequence(
              list.items().stream()
                  .filter(it -> !problems.isBroken(it))
                  .map(it -> sound(it, problems))
                  .toList(),
              list.place());
      case Scalar scalar -> scalar;
    };
  }
}
