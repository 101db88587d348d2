package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Usage;
import dev.davit.cli.progress.Renderers;
import dev.davit.cli.provider.Providers.Provided;
import dev.davit.compose.Project;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.Progress;
import dev.davit.watch.Rules;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class WatchCommand {
  private final Machine machine;

  WatchCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "watch",
      description = "Copy, restart and run commands as a service's files change",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int watch(
      Session session,
      @Option(longName = "no-up", description = "Don't start services before watching")
          boolean noUp,
      @Option(
              defaultValue = "true",
              description = "Prune images that a rebuild has replaced (nothing is rebuilt yet)")
          boolean prune,
      @Option(description = "Don't show the progress of the start") boolean quiet,
      @Arguments List<String> words) {
    Project project = Stack.loadToRun(session, words);
    List<String> services = ServicePatterns.expand(words, project.services().keySet());
    Rules rules = Watching.rules(session, project, services);
    Plan plan = noUp ? Plan.EMPTY : up(session, project, services);
    if (session.globals().dryRun()) {
      session.print(plan.print());
      rules.roots().forEach(root -> session.println("would watch: " + root));
      return 0;
    }
    var stopped = new CompletableFuture<Signal>();
    var execution = new Execution(session, machine, Optional.of(project));
    session.onSignal(
        signal -> {
          stopped.complete(signal);
          execution.cancel();
        });
    PlanResult started = execution.run(plan, quiet ? Progress.NONE : Renderers.of(session));
    return started.succeeded() ? follow(session, project, rules, stopped) : Execution.code(started);
  }

  private Plan up(Session session, Project project, List<String> services) {
    var staged =
        new Staged(
            session, machine, converging -> converging.options(false), Converging.Manner.USUAL);
    Provided provided = staged.provide(project, services, true);
    return provided.nothingElse() ? Plan.EMPTY : staged.plan(provided);
  }

  private int follow(
      Session session, Project project, Rules rules, CompletableFuture<Signal> stopped) {
    try (Watching watching =
        Watching.begin(session, machine, project, rules, text -> session.println("⦿ " + text))) {
      return CompletableFuture.anyOf(stopped, watching.failure())
          .handle((_, failed) -> failed == null ? stopped.join().exitCode() : 1)
          .join();
    }
  }
}
