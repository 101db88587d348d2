package dev.davit.compose.load;

import dev.davit.compose.Project;
import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.compose.tree.YamlReader;
import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes a [Project] from Compose files, phase by phase.
public final class ComposeLoader {
  /// Each document by itself.
  static final List<Phase> DOCUMENT =
      List.of(
          new Phase("version", Normalise::version),
          new Phase("interpolation", Interpolation::apply),
          new Phase("types", (it, context) -> Schema.checked(it, context.problems())),
          new Phase("canonical form", (it, _) -> Schema.inLongForm(it)));

  /// The documents merged into one.
  static final List<Phase> PROJECT =
      List.of(
          new Phase("unicity", (it, _) -> Schema.withoutRepetitions(it)),
          new Phase("required", (it, context) -> Schema.complete(it, context.problems())),
          new Phase("defaults", (it, _) -> Schema.withDefaults(it)),
          new Phase("default network", Normalise::defaultNetwork),
          new Phase("dependencies", Normalise::dependencies),
          new Phase("targets", Normalise::targets),
          new Phase("names", Normalise::names),
          new Phase("paths", Paths::apply),
          new Phase("consistency", Consistency::apply),
          new Phase("unused", Unused::drop),
          new Phase("environment", ServiceEnvironment::apply));

  private ComposeLoader() {}

  /// @throws ComposeFileException with every problem of the first phase that found an error
  /// @throws dev.davit.error.DavitException if there is no Compose file, no name for the project,
  ///   or no service of a selected name
  public static LoadResult load(LoadRequest request) {
    var problems = new Problems();
    var sources = new Sources(request.cwd(), request.stdin());
    var environmentFiles = new EnvironmentFiles(request, sources, problems);
    Map<String, String> outer = environmentFiles.outer();
    List<Path> files = new FileSearch(request, outer, sources).files();
    Path directory = directory(request, files);
    Map<String, String> environment = environmentFiles.beside(outer, directory);
    List<Mapping> documents = read(files, sources, problems);
    String name = new ProjectName(request, environment, problems).of(documents, directory);
    var context =
        new Context(
            sources,
            problems,
            directory,
            name,
            environment,
            Profiles.of(request, environment),
            new UnsetVariables());
    return load(documents, files, context);
  }

  private static LoadResult load(List<Mapping> documents, List<Path> files, Context start) {
    start.stopOnErrors();
    List<Mapping> canonical = documents;
    for (Phase phase : DOCUMENT) {
      canonical = canonical.stream().map(it -> phase.step().apply(it, start)).toList();
      start.stopOnErrors();
    }
    start.unset().report(start.problems());
    Mapping tree = Merge.all(canonical, start.problems());
    start.stopOnErrors();
    checkSelected(tree.mapping("services"), start.selected());
    Context context = start.forSelected(tree.mapping("services"));
    for (Phase phase : PROJECT) {
      tree = phase.step().apply(tree, context);
      context.stopOnErrors();
    }
    Project project = ProjectBinder.bind(tree, files, context);
    return new LoadResult(project, context.problems().warnings(), tree);
  }

  private static void checkSelected(Mapping services, List<String> selected) {
    for (String name : selected) {
      if (!services.has(name)) {
        throw ArgumentException.noSuchService(name, services.keys());
      }
    }
  }

  private static Path directory(LoadRequest request, List<Path> files) {
    Path beside = files.getFirst().equals(Sources.STDIN) ? null : files.getFirst().getParent();
    Path directory = beside == null ? request.cwd() : beside;
    return request.projectDirectory().map(request.cwd()::resolve).orElse(directory).normalize();
  }

  private static List<Mapping> read(List<Path> files, Sources sources, Problems problems) {
    var documents = new ArrayList<Mapping>();
    for (Path file : files) {
      String name = sources.name(file);
      List<Node> trees = YamlReader.read(name, sources.text(file).orElse(""), problems);
      for (Node tree : trees) {
        if (tree instanceof Mapping mapping) {
          documents.add(mapping);
        } else {
          problems.error(
              Code.WRONG_KIND,
              tree.place(),
              TreePath.ROOT,
              "expected a mapping, found " + tree.kind());
        }
      }
      if (trees.isEmpty() && problems.errors().isEmpty()) {
        problems.error(Code.EMPTY_FILE, new Place(name, 1, 1), TreePath.ROOT, "empty compose file");
      }
    }
    return documents;
  }
}
