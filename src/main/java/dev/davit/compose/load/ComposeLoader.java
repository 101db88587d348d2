package dev.davit.compose.load;

import dev.davit.compose.Project;
import dev.davit.compose.attribute.Schema;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems;
import dev.davit.error.ArgumentException;
import dev.davit.error.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a [Project] from Compose files, phase by phase.
public final class ComposeLoader {
  /// The documents merged into one, until it is known that they fit together.
  private static final List<Phase> FITTED =
      List.of(
          new Phase("values", (it, context) -> Schema.valued(it, context.problems())),
          new Phase("required", (it, context) -> Schema.complete(it, context.problems())).goesOn(),
          new Phase("defaults", (it, _) -> Schema.withDefaults(it)).goesOn(),
          new Phase("default network", Normalise::defaultNetwork)
              .when(LoadOptions::normalise)
              .goesOn(),
          new Phase("dependencies", Normalise::dependencies).when(LoadOptions::normalise).goesOn(),
          new Phase("hook images", Normalise::hookImages).when(LoadOptions::normalise).goesOn(),
          new Phase("images", Normalise::images).when(LoadOptions::normalise).goesOn(),
          new Phase("targets", Normalise::targets).when(LoadOptions::normalise).goesOn(),
          new Phase("names", Normalise::names).when(LoadOptions::normalise).goesOn(),
          new Phase("project name", Normalise::projectName)
              .when(it -> it.normalise() || it.interpolate())
              .goesOn(),
          new Phase("paths", Paths::apply).when(LoadOptions::absolutePaths).goesOn(),
          new Phase("consistency", Consistency::apply).when(it -> it.check() && it.interpolate()));

  /// What becomes of documents that fit together.
  private static final List<Phase> FINISHED =
      List.of(
          new Phase("unused", Unused::drop).when(it -> it.interpolate() && !it.allResources()),
          new Phase("honoured", Honoured::check),
          new Phase("variables", Honoured::variables),
          new Phase("strict", Honoured::insist).when(LoadOptions::strict),
          new Phase("build arguments", BuildArguments::resolve).when(LoadOptions::normalise),
          new Phase("environment", ServiceEnvironment::inherit).when(LoadOptions::interpolate),
          new Phase("environment files", ServiceEnvironment::read)
              .when(it -> it.readFiles() && it.interpolate()));

  /// The tree after the last phase.
  private record Finished(Mapping tree, List<Path> files, Context context) {}

  private ComposeLoader() {}

  /// @throws ComposeFileException with every problem of the first phases that found an error
  /// @throws dev.davit.error.DavitException if there is no Compose file, no name for the project,
  ///   or no service of a selected name
  public static LoadResult load(LoadRequest request) {
    Finished finished = finish(request);
    Mapping tree = finished.tree();
    Context context = finished.context();
    Project project = ProjectBinder.bind(tree, finished.files(), context);
    Mapping model = Selection.cut(tree, context);
    return new LoadResult(project, context.problems().warnings(), model, context.candidates());
  }

  /// What [#load] makes the project of, with as much of loading as the request's options want.
  public static Model model(LoadRequest request) {
    Finished finished = finish(request);
    Context context = finished.context();
    return new Model(
        context.projectName(),
        finished.tree(),
        Selection.cut(finished.tree(), context),
        context.files().environment(),
        context.candidates(),
        context.problems().warnings());
  }

  /// The `COMPOSE_` variables of a request, before it is known what its files are. Of environment
  /// files that cannot be read there are none: who loads will be told.
  public static Map<String, String> variables(LoadRequest request) {
    var variables = new HashMap<>(EnvironmentFiles.of(request).outerIfReadable().values());
    variables.keySet().removeIf(name -> !name.startsWith("COMPOSE_"));
    return variables;
  }

  /// What a request's stdin says, as much of it as a file may say.
  public static String stdin(InputStream in) throws IOException {
    return Sources.text(in, Sources.STDIN_NAME);
  }

  private static Finished finish(LoadRequest request) {
    var problems = new Problems(request.wanted());
    var sources = Sources.of(request);
    var environmentFiles = new EnvironmentFiles(request, sources, problems);
    Environment outer = environmentFiles.outer();
    List<Path> files = new FileSearch(request, outer.values(), sources, problems).files();
    Optional<Path> fetched =
        files.stream().flatMap(it -> sources.fetchedInto(it).stream()).findFirst();
    Path directory = fetched.orElseGet(() -> directory(request, files));
    // What is fetched has neither a name from its directory nor an .env file.
    Path home = fetched.isPresent() ? environmentFiles.home() : directory;
    Environment environment = environmentFiles.beside(outer, home);
    ComposeFileException.throwIfAny(problems); // variables without value would follow from them
    Layers layers = Layers.NONE;
    for (Path file : files) {
      String text = sources.text(file).orElse("");
      layers = layers.and(file, Source.of(sources.name(file)), text, problems);
    }
    String name = new ProjectName(request, environment.values(), problems).of(layers, home);
    var context =
        new Context(
            sources,
            problems,
            new Candidates(),
            new UnsetVariables(),
            name,
            Profiles.of(request, environment.values()),
            request.options(),
            new ModelFiles(directory, environment, layers, List.of()));
    return finish(files, context);
  }

  private static Finished finish(List<Path> files, Context start) {
    Mapping tree = start.files().layers().merge(start);
    checkSelected(tree.mapping("services"), start.selected());
    Context context = start.forSelected(tree.mapping("services"));
    tree = passed(FINISHED, fitted(tree, context), context);
    return new Finished(tree, files, context);
  }

  /// The documents merged into one, if they fit together.
  static Mapping fitted(Mapping tree, Context context) {
    return passed(FITTED, tree, context);
  }

  private static Mapping passed(List<Phase> phases, Mapping start, Context context) {
    Mapping tree = start;
    for (Phase phase : Phase.wanted(phases, context.options())) {
      context.problems().checkWanted();
      tree = phase.step().apply(tree, context);
      phase.end(context);
    }
    return tree;
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
}
