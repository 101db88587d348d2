package dev.davit.cli.object;

import dev.davit.cli.CommandEnded;
import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.cli.stack.Execution;
import dev.davit.cli.stack.Machine;
import dev.davit.compose.Project;
import dev.davit.compose.load.ComposeFileException;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.engine.ContainerConfig;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import dev.davit.format.Json;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.Planner;
import dev.davit.reconcile.Unsupported;
import dev.davit.reconcile.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A container of no stack, by a Compose model of one service.
record Modelled(Session session, Machine machine) {

  /// The container that the model is of, with its image here: that is pulled first where its policy
  /// says so, and not in a dry run.
  ///
  /// @param name of the service
  /// @param quiet whether it is pulled without progress
  ContainerConfig pulled(String name, Map<String, Object> model, boolean quiet) {
    Project project = project(model);
    Plan pulls = withoutPlace(() -> Planner.pulls(project, machine.observer().observe(project)));
    if (!pulls.isEmpty() && !session.globals().dryRun()) {
      var execution = new Execution(session, machine, Optional.empty());
      CommandEnded.unless(execution.runOrPrint(pulls, quiet));
    }
    return config(project, name);
  }

  /// The container that the model is of.
  ///
  /// @param name of the service
  ContainerConfig config(String name, Map<String, Object> model) {
    return config(project(model), name);
  }

  private Project project(Map<String, Object> model) {
    LoadRequest request =
        new LoadRequest(
            session.cwd(),
            withoutEnvFile(session.env()),
            List.of("-"),
            Optional.of("davit"),
            Optional.of(session.cwd()),
            List.of(),
            List.of(),
            List.of(),
            () -> Json.pretty(model),
            LoadOptions.ALL);
    return load(request);
  }

  private ContainerConfig config(Project project, String name) {
    ContainerConfig config =
        Wanted.container(
            project,
            machine.observer().observe(project),
            Objects.requireNonNull(project.services().get(name)));
    return config.withLabels(own(config.labels()));
  }

  private Project load(LoadRequest request) {
    return withoutPlace(
        () -> {
          Project project = ComposeLoader.load(request).project();
          check(session, Unsupported.of(project));
          return project;
        });
  }

  // Nobody has written that file: what is wrong is told without it.
  private static <T> T withoutPlace(Supplier<T> step) {
    try {
      return step.get();
    } catch (ComposeFileException e) {
      Problem first = e.problems().getFirst();
      throw new DavitException(Kind.INVALID, first.message(), first.help(), e);
    }
  }

  // A stack's `.env` in the directory is no business of a container of its own.
  private static Map<String, String> withoutEnvFile(Map<String, String> env) {
    var own = new TreeMap<>(env);
    own.put("COMPOSE_DISABLE_ENV_FILE", "1");
    return own;
  }

  private static void check(Session session, List<Problem> problems) {
    List<Problem> errors = problems.stream().filter(it -> it.severity() == Severity.ERROR).toList();
    List<Problem> warnings =
        problems.stream().filter(it -> it.severity() == Severity.WARNING).toList();
    if (!errors.isEmpty()) {
      throw new ComposeFileException(errors, warnings);
    }
    Diagnostics.show(session, warnings);
  }

  // It is of no project.
  private static Map<String, String> own(Map<String, String> labels) {
    var own = new TreeMap<>(labels);
    own.keySet().removeIf(key -> key.startsWith("com.docker.compose."));
    return own;
  }
}
