package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.provider.Providers.Provided;
import dev.davit.compose.Project;
import dev.davit.reconcile.PlanOptions.Recreate;
import dev.davit.reconcile.PullPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class CreateCommand {
  private final Machine machine;

  CreateCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "create",
      description = "Create containers for services",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int create(
      Session session,
      @Option(description = "Build images first") boolean build,
      @Option(longName = "no-build", description = "Don't build an image") boolean noBuild,
      @Option(description = "Pull images first (always|missing|never|policy|build)")
          @Nullable String pull,
      @Option(longName = "quiet-pull", description = "Pull without progress") boolean quietPull,
      @Option(description = "Replace containers that have not changed too") boolean forceRecreate,
      @Option(longName = "no-recreate", description = "Leave existing containers as they are")
          boolean noRecreate,
      @Option(description = "Remove containers for services not in the Compose file")
          boolean removeOrphans,
      @Option(description = "Scale SERVICE=NUM") List<String> scale,
      @Option(shortName = 'y', description = "Answer yes to all questions") boolean yes,
      @Arguments List<String> words) {
    Conflicts.building(build, noBuild);
    Conflicts.recreation(forceRecreate, noRecreate);
    Project project = Stack.loadToRun(session, words);
    Optional<PullPolicy> policy = Conflicts.images(project, build, pull);
    Map<String, Integer> replicas = Scale.parse(scale, project);
    var staged =
        new Staged(
            session,
            machine,
            converging ->
                converging
                    .options(removeOrphans)
                    .pull(policy)
                    .recreate(strategy(forceRecreate, noRecreate))
                    .recreateDependencies(noRecreate ? Recreate.NEVER : Recreate.IF_CHANGED)
                    .scale(replicas)
                    .start(false),
            new Converging.Manner(yes, quietPull));
    Provided provided =
        staged.provide(project, ServicePatterns.expand(words, project.services().keySet()), true);
    if (provided.nothingElse()) {
      return 0;
    }
    return new Execution(session, machine, Optional.of(provided.project()))
        .runOrPrint(staged.plan(provided));
  }

  /// What becomes of containers that are there.
  static Recreate strategy(boolean always, boolean never) {
    if (never) {
      return Recreate.NEVER;
    }
    return always ? Recreate.ALWAYS : Recreate.IF_CHANGED;
  }
}
