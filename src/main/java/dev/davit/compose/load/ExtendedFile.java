package dev.davit.compose.load;

import dev.davit.compose.tree.Document.Clearing;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems;
import dev.davit.error.Source;
import dev.davit.error.Source.Via;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file that services extend. It need not be a whole project, and of its services only those that
/// are extended are looked at.
final class ExtendedFile {
  private final Layers layers;
  private final Path directory;
  private final Context context;

  private ExtendedFile(Layers layers, Path directory, Context context) {
    this.layers = layers;
    this.directory = directory;
    this.context = context;
  }

  /// The services of a file, or of those of a remote project; empty where one cannot be read.
  ///
  /// @param via the first step that leads there
  static Optional<Bases> read(List<NamedFile> files, Via via) {
    NamedFile file = files.getFirst();
    Problems problems = file.context().problems().reachedBy(via);
    Context inside = file.context().with(problems, new Candidates());
    Layers layers = Layers.NONE;
    for (NamedFile each : files) {
      Optional<String> text = each.text();
      if (text.isEmpty()) {
        return Optional.empty();
      }
      Source source = Source.of(inside.sources().name(each.file()));
      layers = layers.and(each.file(), source, text.get(), problems);
    }
    Path beside = file.file().getParent();
    Path from = beside == null ? Path.of("") : inside.directory().relativize(beside);
    var extended = new ExtendedFile(layers, from, inside);
    List<Clearing> clearings =
        layers.layers().stream().flatMap(it -> it.clearings().stream()).toList();
    return Optional.of(
        new Bases(
            file.file(), extended.names(), extended::service, clearings, inside, new HashMap<>()));
  }

  private Set<String> names() {
    var names = new LinkedHashSet<String>();
    layers.layers().forEach(it -> names.addAll(it.tree().mapping("services").keys()));
    return names;
  }

  /// With paths relative to the project directory.
  private Mapping service(String name) {
    List<Layer> parts = layers.layers().stream().map(it -> only(name, it)).toList();
    Problems found = context.problems().fromHere();
    for (Phase phase : Layers.WRITTEN) {
      parts = parts.stream().map(it -> it.with(phase.step().apply(it.tree(), context))).toList();
      if (phase.last() && found.hasErrors()) {
        return Mapping.empty(parts.getFirst().tree().place());
      }
    }
    Mapping tree = new Layers(parts).laid(context);
    return Bases.mapping(Paths.from(directory, context).in(tree).mapping("services"), name);
  }

  /// A document with one of its services and nothing else.
  private static Layer only(String name, Layer document) {
    Mapping services = document.tree().mapping("services");
    return document.with(
        document.tree().keep("services"::equals).with("services", services.keep(name::equals)));
  }
}
