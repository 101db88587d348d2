package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Document;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.compose.tree.YamlReader;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The documents of the files of one model, which become one tree.
record Layers(List<Layer> layers) {
  /// What every document passes through, also that of a file that a service extends.
  static final List<Phase> WRITTEN =
      List.of(
          new Phase("version", Normalise::version).goesOn(),
          new Phase("interpolation", Interpolation::apply).when(LoadOptions::interpolate).goesOn(),
          new Phase("templates", (it, _) -> Templates.marked(it)).when(it -> !it.interpolate()),
          new Phase("types", Layers::typed),
          new Phase("external names", External::names),
          new Phase("canonical form", Layers::canonical));

  /// What brings other files into a document.
  static final List<Phase.OfDocument> COMPOSED =
      List.of(
          new Phase.OfDocument("include", Include::apply),
          new Phase.OfDocument("extends", Extends::apply));

  static final Layers NONE = new Layers(List.of());

  /// With the documents of one more file.
  Layers and(Path file, Source source, String text, Problems problems) {
    var all = new ArrayList<>(layers);
    Problems found = problems.fromHere();
    List<Document> documents = YamlReader.read(source, text, found);
    for (Document document : documents) {
      if (document.tree() instanceof Mapping mapping) {
        all.add(new Layer(file, mapping, document.clearings()));
      } else {
        Place place = document.tree().place();
        String message = "expected a mapping, found " + document.tree().kind();
        found.error(Code.WRONG_KIND, place, TreePath.ROOT, message);
      }
    }
    if (documents.isEmpty() && !found.hasErrors()) {
      Place top = new Place(source, 1, 1);
      problems.error(Code.EMPTY_FILE, top, TreePath.ROOT, "empty compose file");
    }
    return new Layers(all);
  }

  /// Each document through its phases, then laid over those before it.
  Mapping merge(Context context) {
    return merge(Phase.wanted(WRITTEN, context.options()), context);
  }

  /// @param open those of [#WRITTEN] that the documents have not passed yet
  Mapping merge(List<Phase> open, Context context) {
    List<Layer> done = layers;
    for (int i = 0; i < open.size(); i++) {
      Phase phase = open.get(i);
      context.problems().checkWanted();
      done = done.stream().map(it -> it.with(phase.step().apply(it.tree(), context))).toList();
      if (phase.last() && context.problems().hasErrors()) {
        done.forEach(it -> Include.check(it, context));
        UndefinedNames.tell(new Layers(done), open.subList(i + 1, open.size()), context);
      }
      phase.end(context);
    }
    for (Phase.OfDocument phase : COMPOSED) {
      done = done.stream().map(it -> it.with(phase.step().apply(it, context))).toList();
      context.stopOnErrors();
    }
    Mapping tree = new Layers(done).laid(context);
    context.stopOnErrors();
    return tree;
  }

  /// Each document laid over those before it.
  Mapping laid(Context context) {
    Merge merge = Merge.of(context);
    Mapping tree = unique(layers.getFirst().tree(), context);
    for (Layer layer : layers.subList(1, layers.size())) {
      tree = unique(merge.documents(tree, layer.tree(), layer.clearings()), context);
    }
    return tree;
  }

  /// What stays as written is checked only.
  private static Mapping typed(Mapping tree, Context context) {
    Mapping typed = Schema.checked(tree, context.problems());
    return context.options().interpolate() ? typed : tree;
  }

  private static Mapping canonical(Mapping tree, Context context) {
    return context.options().interpolate() ? Schema.inLongForm(tree) : Schema.inRawForm(tree);
  }

  private static Mapping unique(Mapping tree, Context context) {
    return Schema.withoutRepetitions(tree, context.candidates()::add);
  }
}
