package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.row.Times;
import dev.davit.compose.Project;
import dev.davit.error.Code;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanOptions;
import dev.davit.reconcile.PlanOptions.Recreate;
import dev.davit.reconcile.Planner;
import java.util.List;
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
      @Option(description = "Build images first (not supported yet)") boolean build,
      @Option(longName = "no-build", description = "Don't build an image") boolean noBuild,
      @Option(defaultValue = "", description = "Pull images first (missing|never)")
          @Nullable String pull,
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
      @Arguments List<String> services) {
    refuseImages(build, pull);
    conflict(build && noBuild, "--build and --no-build are incompatible");
    conflict(forceRecreate && noRecreate, "--force-recreate and --no-recreate are incompatible");
    conflict(
        noRecreate && renewAnonVolumes, "--no-recreate and --renew-anon-volumes are incompatible");
    conflict(
        alwaysRecreateDeps && noRecreate,
        "--always-recreate-deps and --no-recreate are incompatible");
    boolean abort = abortOnContainerExit || exitCodeFrom != null;
    conflict(
        (detach || await)
            && (abort || abortOnContainerFailure || attachDependencies || !attach.isEmpty()),
        (await ? "--wait" : "--detach")
            + " cannot be combined with --abort-on-container-exit, --abort-on-container-failure,"
            + " --attach, --attach-dependencies or --watch");
    conflict(
        abort && abortOnContainerFailure,
        "--abort-on-container-failure cannot be combined with --abort-on-container-exit");
    conflict(
        attachDependencies && !attach.isEmpty(),
        "cannot combine --attach and --attach-dependencies");
    conflict(
        waitTimeout != null && waitTimeout < 0, "--wait-timeout must be a non-negative integer");
    Project project = Stack.loadToRun(session, services);
    PlanOptions options =
        PlanOptions.builder()
            .services(services)
            .withDependencies(!noDeps)
            .recreate(strategy(forceRecreate || renewAnonVolumes, noRecreate))
            .recreateDependencies(strategy(alwaysRecreateDeps, noRecreate))
            .scale(Scale.parse(scale, project))
            .removeOrphans(removeOrphans || isOn(session, "COMPOSE_REMOVE_ORPHANS"))
            .ignoreOrphans(isOn(session, "COMPOSE_IGNORE_ORPHANS"))
            .grace(Times.seconds(timeout))
            .start(!noStart)
            .await(await, Times.seconds(waitTimeout))
            .renewVolumes(renewAnonVolumes)
            .build();
    Plan plan = Planner.plan(project, machine.observer().observe(project), options);
    if (session.globals().dryRun()) {
      session.print(plan.print());
      return 0;
    }
    if (detach || await || noStart) {
      return new Execution(session, machine, Optional.of(project)).run(plan);
    }
    var attached =
        new Foreground.Options(
            services,
            attach,
            noAttach,
            attachDependencies,
            abort,
            abortOnContainerFailure,
            Optional.ofNullable(exitCodeFrom),
            Times.seconds(timeout),
            new LogPrinter.Style(!noColor, !noLogPrefix, timestamps));
    return new Foreground(session, machine, project, attached).run(plan);
  }

  private static Recreate strategy(boolean always, boolean never) {
    if (never) {
      return Recreate.NEVER;
    }
    return always ? Recreate.ALWAYS : Recreate.IF_CHANGED;
  }

  private static void refuseImages(boolean build, @Nullable String pull) {
    conflict(build, "--build is not supported by Davit yet");
    String policy = pull == null ? "" : pull;
    switch (policy) {
      case "", "missing", "never", "policy" -> {}
      case "always" ->
          throw new UsageException("--pull always is not supported by Davit yet", null);
      default ->
          throw new UsageException(
              Code.INVALID_OPTION,
              "invalid --pull option \"" + policy + "\"",
              "write missing, never or policy",
              policy);
    }
  }

  private static void conflict(boolean given, String message) {
    if (given) {
      throw new UsageException(message, null);
    }
  }

  private static boolean isOn(Session session, String variable) {
    String value = session.env(variable).orElse("");
    return value.equals("1") || value.equalsIgnoreCase("true");
  }
}
