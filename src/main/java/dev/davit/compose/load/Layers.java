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
  /// Each document by itself.
  static final List<Phase> DOCUMENT =
      List.of(
          new Phase("version", Normalise::version),
          new Phase("interpolation", Interpolation::apply),
          new Phase("types", (it, context) -> Schema.checked(it, context.problems())),
          new Phase("external names", External::names),
          new Phase("canonical form", (it, _) -> Schema.inLongForm(it)));

  /// Reads a file, whose documents come after those before.
  Layers and(Path file, Source source, Sources sources, Problems problems) {
    var all = new ArrayList<>(layers);
    List<Document> documents = YamlReader.read(source, sources.text(file).orElse(""), problems);
    for (Document document : documents) {
      if (document.tree() instanceof Mapping mapping) {
        all.add(new Layer(file, mapping, document.clearings()));
      } else {
        problems.error(
            Code.WRONG_KIND,
            document.tree().place(),
            TreePath.ROOT,
            "expected a mapping, found " + document.tree().kind());
      }
    }
    if (documents.isEmpty() && problems.errors().isEmpty()) {
      problems.error(Code.EMPTY_FILE, new Place(source, 1, 1), TreePath.ROOT, "empty compose file");
    }
    return new Layers(all);
  }

  /// Each document through its phases, then laid over those before it.
  Mapping merge(Context context) {
    context.stopOnErrors();
    List<Layer> done = layers;
    for (Phase phase : Phase.wanted(DOCUMENT, context.options())) {
      done = done.stream().map(it -> it.with(phase.step().apply(it.tree(), context))).toList();
      context.stopOnErrors();
    }
    var merge = new Merge(context.problems(), context.candidates());
    Mapping tree = Schema.withoutRepetitions(done.getFirst().tree());
    for (Layer layer : done.subList(1, done.size())) {
      tree = Schema.withoutRepetitions(merge.documents(tree, layer.tree(), layer.clearings()));
    }
    context.stopOnErrors();
    return tree;
  }
}
