package dev.davit.compose.load;

import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import dev.davit.error.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Phase: each model that a document includes is loaded by itself, and the document laid over it.
final class Include {
  /// What becomes of an included model before it is part of another one.
  static final List<Phase> INCLUDED =
      List.of(
          new Phase("defaults", (it, _) -> Schema.withDefaults(it)),
          new Phase("environment", ServiceEnvironment::inherit));

  /// More than anybody writes, and less than the stack can bear.
  private static final int MAX_WAY = 50;

  private static final String HOW = "included here";

  /// What a model brings into another one.
  private static final Set<String> SECTIONS =
      Set.of("services", "networks", "volumes", "configs", "secrets", "models");

  private final Layer document;
  private final Context context;

  private Include(Layer document, Context context) {
    this.document = document;
    this.context = context;
  }

  static Mapping apply(Layer document, Context context) {
    return new Include(document, context).all();
  }

  /// Only says what is wrong in what a document includes that has mistakes of its own.
  static void check(Layer document, Context context) {
    var own = new Problems();
    Mapping includes = Schema.checked(document.tree().keep("include"::equals), own);
    if (!own.hasErrors()) {
      new Include(document.with(Schema.inLongForm(includes)), context).models();
    }
  }

  private Mapping all() {
    Merge merge = Merge.of(context);
    Mapping tree = document.tree().without("include");
    for (Mapping model : models()) {
      tree = merge.documents(resources(model, tree), tree, document.clearings());
    }
    return tree;
  }

  private List<Mapping> models() {
    List<View> includes = new View(document.tree()).views("include");
    return IntStream.range(0, includes.size())
        .mapToObj(i -> model(includes.get(i), TreePath.of("include").item(i)))
        .flatMap(Optional::stream)
        .toList();
  }

  /// What a model brings and nobody has brought before in the same words.
  private static Mapping resources(Mapping model, Mapping tree) {
    return model
        .keep(SECTIONS::contains)
        .mapValues(
            (section, it) ->
                it instanceof Mapping mapping ? added(mapping, tree.mapping(section)) : it);
  }

  private static Mapping added(Mapping section, Mapping known) {
    return section.keep(
        name -> known.get(name).filter(it -> it.sameAs(section.get(name).orElseThrow())).isEmpty());
  }

  private Optional<Mapping> model(View include, TreePath path) {
    Problems found = context.problems().fromHere();
    List<NamedFile> files = files(include, "path", path);
    if (include.items("path").isEmpty()) {
      Place place = include.mapping().place();
      context.problems().error(Code.MISSING_ATTRIBUTE, place, path, "include names no file");
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    boolean cycle = files.stream().anyMatch(this::isCycle);
    Layers layers = cycle ? Layers.NONE : read(files);
    if (layers.layers().isEmpty()) {
      return Optional.empty();
    }
    Path directory = directory(include, files.getFirst());
    Environment environment =
        new IncludeEnvironment(context, files(include, "env_file", path)).in(directory);
    for (NamedFile file : files) {
      context.candidates().inInclude(file.source(HOW), environment);
    }
    var model = new ModelFiles(directory, environment, layers, way());
    return load(context.with(model).with(found, context.candidates()));
  }

  private List<NamedFile> files(View include, String attribute, TreePath path) {
    var files = new ArrayList<NamedFile>();
    List<Node> names = include.items(attribute);
    for (int i = 0; i < names.size(); i++) {
      TreePath at = path.child(attribute).item(i);
      files.addAll(NamedFile.of((Scalar) names.get(i), at, context));
    }
    return files;
  }

  private Path directory(View include, NamedFile main) {
    Path beside = main.file().getParent();
    return include
        .text("project_directory")
        .map(Paths.of(context)::resolve)
        .orElse(beside == null ? context.directory() : beside);
  }

  private Layers read(List<NamedFile> files) {
    Layers layers = Layers.NONE;
    Problems found = context.problems().fromHere();
    for (NamedFile file : files) {
      Optional<String> text = file.text();
      if (text.isPresent()) {
        Source source = file.source(HOW);
        layers = layers.and(file.file(), source, text.get(), found);
      }
    }
    return found.hasErrors() ? Layers.NONE : layers;
  }

  /// The files that include each other down to this document, and its own.
  private List<Path> way() {
    return Stream.concat(context.files().including().stream(), Stream.of(document.file())).toList();
  }

  private boolean isCycle(NamedFile file) {
    Path target = context.sources().real(file.file());
    List<Path> real = way().stream().map(context.sources()::real).toList();
    int first = real.indexOf(target);
    if (first < 0) {
      return isTooFar(file);
    }
    String cycle =
        Stream.concat(way().subList(first, way().size()).stream(), Stream.of(file.file()))
            .map(context.sources()::name)
            .collect(Collectors.joining(" -> "));
    context
        .problems()
        .error(Code.INCLUDE_CYCLE, file.name().place(), file.path(), "include cycle " + cycle);
    return true;
  }

  private boolean isTooFar(NamedFile file) {
    boolean tooFar = way().size() > MAX_WAY;
    if (tooFar) {
      String message = "more than " + MAX_WAY + " files that include one another";
      context.problems().error(Code.INCLUDE_CYCLE, file.name().place(), file.path(), message);
    }
    return tooFar;
  }

  /// What is wrong in one model does not hide what is wrong in the next.
  private Optional<Mapping> load(Context inside) {
    try {
      Mapping tree = inside.files().layers().merge(inside);
      for (Phase phase : INCLUDED) {
        tree = phase.step().apply(tree, inside);
        inside.stopOnErrors();
      }
      Path from = context.directory().relativize(inside.directory());
      return Optional.of(Paths.from(from, inside).in(tree));
    } catch (ComposeFileException e) {
      return Optional.empty();
    }
  }
}
