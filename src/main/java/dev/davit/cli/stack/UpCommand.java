package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.progress.Renderers;
import dev.davit.cli.provider.Providers.Provided;
import dev.davit.cli.row.Times;
import dev.davit.compose.Project;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PullPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class UpCommand {
  private final Machine machine;

  UpCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "up",
      description = "Create and start containers",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int up(
      Session session,
      @Option(shortName = 'd', description = "Run containers in the background") boolean detach,
      @Option(description = "Build images first") boolean build,
      @Option(longName = "no-build", description = "Don't build an image") boolean noBuild,
      @Option(description = "Pull images first (always|missing|never|policy)")
          @Nullable String pull,
      @Option(longName = "quiet-pull", description = "Pull without progress") boolean quietPull,
      @Option(longName = "quiet-build", description = "Build without progress") boolean quietBuild,
      @Option(shortName = 'y', description = "Answer yes to all questions") boolean yes,
      @Option(shortName = 'w', description = "Watch source files, and update services")
          boolean watch,
      @Option(
              description =
                  "Offer keys while attached to a terminal (default: COMPOSE_MENU, else true)")
          @Nullable Boolean menu,
      @Option(description = "Replace containers that have not changed too") boolean forceRecreate,
      @Option(longName = "no-recreate", description = "Leave existing containers as they are")
          boolean noRecreate,
      @Option(description = "Replace dependencies too; with --force-recreate")
          boolean alwaysRecreateDeps,
      @Option(shortName = 'V', description = "Don't carry anonymous volumes over")
          boolean renewAnonVolumes,
      @Option(longName = "no-deps", description = "Don't start linked services") boolean noDeps,
      @Option(longName = "no-start", description = "Create, but don't start") boolean noStart,
      @Option(description = "Scale SERVICE=NUM") List<String> scale,
      @Option(description = "Remove containers for services not in the Compose file")
          boolean removeOrphans,
      @Option(longName = "wait", description = "Wait until services are ready; implies detach")
          boolean await,
      @Option(description = "Most seconds to wait") @Nullable Integer waitTimeout,
      @Option(shortName = 't', description = "Seconds between stop signal and SIGKILL")
          @Nullable Integer timeout,
      @Option(description = "Stop all containers when one has ended") boolean abortOnContainerExit,
      @Option(description = "Stop all containers when one has failed")
          boolean abortOnContainerFailure,
      @Option(description = "Return that service's exit code; implies abort-on-container-exit")
          @Nullable String exitCodeFrom,
      @Option(description = "Show only the output of these services") List<String> attach,
      @Option(longName = "no-attach", description = "Don't show the output of these services")
          List<String> noAttach,
      @Option(description = "Show the output of dependencies too") boolean attachDependencies,
      @Option(longName = "no-color", description = "Produce monochrome output") boolean noColor,
      @Option(longName = "no-log-prefix", description = "Don't print prefixes") boolean noLogPrefix,
      @Option(description = "Show timestamps") boolean timestamps,
      @Option(description = "Show the control sequences of containers as they are") boolean raw,
      @Arguments List<String> words) {
    Conflicts.building(build, noBuild);
    Conflicts.recreation(forceRecreate, noRecreate);
    Conflicts.refuse(
        noRecreate && renewAnonVolumes, "--no-recreate and --renew-anon-volumes are incompatible");
    Conflicts.refuse(
        alwaysRecreateDeps && noRecreate,
        "--always-recreate-deps and --no-recreate are incompatible");
    Conflicts.refuse(noBuild && watch, "--no-build and --watch are incompatible");
    boolean abort = abortOnContainerExit || exitCodeFrom != null;
    boolean attached =
        abort || abortOnContainerFailure || attachDependencies || !attach.isEmpty() || watch;
    Conflicts.refuse(
        (detach || await) && attached,
        (await ? "--wait" : "--detach")
            + " cannot be combined with --abort-on-container-exit, --abort-on-container-failure,"
            + " --attach, --attach-dependencies or --watch");
    Conflicts.refuse(
        abort && abortOnContainerFailure,
        "--abort-on-container-failure cannot be combined with --abort-on-container-exit");
    Conflicts.refuse(
        attachDependencies && !attach.isEmpty(),
        "cannot combine --attach and --attach-dependencies");
    Conflicts.waitTimeout(waitTimeout);
    Project project = Stack.confirmedToRun(session, words, yes);
    Optional<PullPolicy> policy = Conflicts.images(project, build, pull);
    Conflicts.refuse(project.services().isEmpty(), "no service selected");
    List<String> services = ServicePatterns.expand(words, project.services().keySet());
    checkAttached(project, services, attach, exitCodeFrom);
    Map<String, Integer> replicas = Scale.parse(scale, project);
    Instant begun = Instant.now();
    var staged =
        new Staged(
            session,
            machine,
            converging ->
                converging
                    .options(removeOrphans)
                    .pull(policy)
                    .withDependencies(!noDeps)
                    .recreate(CreateCommand.strategy(forceRecreate || renewAnonVolumes, noRecreate))
                    .recreateDependencies(CreateCommand.strategy(alwaysRecreateDeps, noRecreate))
                    .scale(replicas)
                    .grace(Times.seconds(timeout))
                    .start(!noStart)
                    .await(await, Times.seconds(waitTimeout))
                    .renewVolumes(renewAnonVolumes),
            new Converging.Manner(yes, quietPull));
    Provided provided = staged.provide(project, services, !noDeps);
    if (provided.nothingElse()) {
      return 0;
    }
    Plan plan = staged.plan(provided);
    if (detach || await || noStart || session.globals().dryRun()) {
      return new Execution(session, machine, Optional.of(provided.project())).runOrPrint(plan);
    }
    var foreground =
        new Foreground.Options(
            begun,
            provided.services(),
            attach,
            noAttach,
            attachDependencies,
            abort,
            abortOnContainerFailure,
            Optional.ofNullable(exitCodeFrom),
            Times.seconds(timeout),
            watch
                ? Optional.of(Watching.rules(session, provided.project(), provided.services()))
                : Optional.empty(),
            menu(session, provided.project(), menu),
            new LogPrinter.Style(!noColor, !noLogPrefix, timestamps, raw, false));
    return new Foreground(session, machine, provided.project(), foreground).run(plan);
  }

  private static boolean menu(Session session, Project project, @Nullable Boolean asked) {
    boolean possible = session.hasKeys() && Renderers.isDisplay(session);
    if (asked != null) {
      if (asked && !possible) {
        session.warn("--menu needs a terminal of its own, and --progress auto or tty");
      }
      return asked && possible;
    }
    boolean said = !Stack.variable(session, Optional.of(project), "COMPOSE_MENU").isEmpty();
    return possible && (!said || Stack.isOn(session, Optional.of(project), "COMPOSE_MENU"));
  }

  private static void checkAttached(
      Project project, List<String> services, List<String> attach, @Nullable String exitCodeFrom) {
    Stack.checkServices(attach, project);
    if (exitCodeFrom != null) {
      Stack.checkServices(List.of(exitCodeFrom), project);
    }
    List<String> others =
        services.isEmpty()
            ? List.of()
            : attach.stream().filter(name -> !services.contains(name)).toList();
    Conflicts.refuse(
        !others.isEmpty(),
        "cannot attach to services not included in up: " + String.join(", ", others));
  }
}
