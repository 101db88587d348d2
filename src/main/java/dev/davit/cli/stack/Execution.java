package dev.davit.cli.stack;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.progress.Renderers;
import dev.davit.cli.row.Neutral;
import dev.davit.compose.Project;
import dev.davit.engine.Containers;
import dev.davit.engine.Logs;
import dev.davit.reconcile.Cancellation;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.PlanRunner;
import dev.davit.reconcile.Progress;
import java.util.ArrayDeque;
import java.util.Optional;

/// Carries a plan out for a session: shows its progress, ends it on Ctrl-C, reports what failed.
final class Execution {
  private static final int LOG_LINES = 10;

  private final Session session;
  private final Machine machine;
  private final Optional<Project> project;
  private final Cancellation cancel = new Cancellation();

  Execution(Session session, Machine machine, Optional<Project> project) {
    this.session = session;
    this.machine = machine;
    this.project = project;
  }

  /// Runs the plan and returns the exit code: 0, 1 if something failed, 130 after Ctrl-C.
  int run(Plan plan) {
    session.onSignal(_ -> cancel.cancel());
    return code(run(plan, Renderers.of(session)));
  }

  /// Runs the plan with a progress of the caller's; failures are reported.
  PlanResult run(Plan plan, Progress progress) {
    plan.warnings().forEach(session::warn);
    var runner = new PlanRunner(machine.operations(), progress, session.globals().parallel());
    PlanResult result = runner.run(plan, cancel);
    result.failures().forEach(this::report);
    return result;
  }

  void cancel() {
    cancel.cancel();
  }

  static int code(PlanResult result) {
    if (result.cancelled()) {
      return Signal.INT.exitCode();
    }
    return result.succeeded() ? 0 : 1;
  }

  private void report(PlanResult.Failure failure) {
    Operation operation = failure.node().operation();
    Diagnostics.show(session, Blame.problem(project, operation, failure.cause()));
    if (operation instanceof Operation.WaitFor wait) {
      wait.refs().stream().findFirst().ifPresent(this::lastLines);
    } else if (operation instanceof Operation.StartContainer) {
      lastLines(operation.subject().name());
    }
  }

  private void lastLines(String ref) {
    Containers containers = machine.containers();
    if (containers.find(ref).isPresent()) {
      var lines = new ArrayDeque<String>();
      machine.logs().read(ref, Logs.Query.ofTail(LOG_LINES), line -> lines.add(line.text()));
      lines.forEach(line -> session.note("  | " + Neutral.text(line)));
    }
  }
}
