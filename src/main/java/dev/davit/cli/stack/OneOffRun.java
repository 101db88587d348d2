package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.progress.Renderers;
import dev.davit.compose.Project;
import dev.davit.engine.Container;
import dev.davit.reconcile.LifecyclePlanner;
import dev.davit.reconcile.OneOff;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.Progress;
import java.util.Optional;

/// Runs the container of `run` with the caller's streams, when what it needs is there.
final class OneOffRun {
  private final Session session;
  private final Machine machine;
  private final Project project;
  private final OneOff oneOff;

  OneOffRun(Session session, Machine machine, Project project, OneOff oneOff) {
    this.session = session;
    this.machine = machine;
    this.project = project;
    this.oneOff = oneOff;
  }

  /// @param interactive whether it gets the caller's stdin
  record Manner(boolean detach, boolean interactive, boolean quiet) {}

  /// Returns the exit code of the container, or that of the plan that makes it.
  int run(Plan plan, Manner manner) {
    var execution = new Execution(session, machine, Optional.of(project));
    if (session.globals().dryRun()) {
      return execution.runOrPrint(plan);
    }
    session.onSignal(_ -> execution.cancel());
    PlanResult made = execution.run(plan, manner.quiet() ? Progress.NONE : Renderers.of(session));
    if (!made.succeeded() || execution.isCancelled()) {
      NeverStarted.remove(machine.containers(), oneOff.containerName());
      return execution.isCancelled() ? Signal.INT.exitCode() : Execution.code(made);
    }
    String id = machine.containers().get(oneOff.containerName()).id();
    if (manner.detach()) {
      return detached(id, execution, manner);
    }
    var attaching =
        new Attaching(
            session,
            machine.containers(),
            new Attaching.Manner(manner.interactive(), true, DetachKeys.USUAL, true));
    return attaching.run(machine.containers().get(id), () -> start(id, execution, manner));
  }

  private int detached(String id, Execution execution, Manner manner) {
    int code = start(id, execution, manner);
    session.println(id);
    return code;
  }

  // The streams are those of the container: of its hooks only what they write is shown.
  private int start(String id, Execution execution, Manner manner) {
    Container started = machine.containers().start(id);
    Plan hooks = LifecyclePlanner.started(started);
    Progress shown = manner.quiet() ? Progress.NONE : Renderers.outputOfHooks(session);
    return hooks.isEmpty() ? 0 : Execution.code(execution.run(hooks, shown));
  }
}
