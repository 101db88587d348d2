package dev.davit.cli.stack;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.GlobalOptions;
import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.progress.Renderers;
import dev.davit.cli.transfer.SessionTransfers;
import dev.davit.compose.Project;
import dev.davit.engine.Logs;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.format.Neutral;
import dev.davit.reconcile.Cancellation;
import dev.davit.reconcile.ImageTransfers;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.PlanRunner;
import dev.davit.reconcile.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Carries a plan out for a session: shows its progress, ends it on Ctrl-C, reports what failed.
public final class Execution {
  private static final int LOG_LINES = 10;

  private final Session session;
  private final Machine machine;
  private final Optional<Project> project;
  private final Cancellation cancel = new Cancellation();

  /// @param project whose files the plan is of
  public Execution(Session session, Machine machine, Optional<Project> project) {
    this.session = session;
    this.machine = machine;
    this.project = project;
  }

  /// Runs the plan and returns the exit code: 0, 1 if something failed, 130 after Ctrl-C.
  int run(Plan plan) {
    session.onSignal(_ -> cancel.cancel());
    return code(run(plan, progress()));
  }

  /// The session's progress; a display shows what a failed container wrote last with its row.
  Progress progress() {
    return Renderers.of(session, node -> lastLines(node.operation()));
  }

  /// Runs the plan, or with `--dry-run` prints it and does nothing.
  int runOrPrint(Plan plan) {
    if (session.globals().dryRun()) {
      plan.warnings().forEach(session::warn);
      session.print(plan.print());
      return 0;
    }
    return run(plan);
  }

  /// As [#runOrPrint(Plan)].
  ///
  /// @param quiet without progress
  public int runOrPrint(Plan plan, boolean quiet) {
    if (session.globals().dryRun() || !quiet) {
      return runOrPrint(plan);
    }
    session.onSignal(_ -> cancel.cancel());
    return code(run(plan, Progress.NONE));
  }

  /// As [#runOrPrint(Plan)], with transfers of the caller's.
  public int runOrPrint(Plan plan, boolean quiet, ImageTransfers transfers) {
    if (session.globals().dryRun()) {
      return runOrPrint(plan);
    }
    session.onSignal(_ -> cancel.cancel());
    return code(run(plan, quiet ? Progress.NONE : progress(), transfers));
  }

  /// Runs the plan with a progress of the caller's; failures are reported.
  PlanResult run(Plan plan, Progress progress) {
    try (var transfers = new SessionTransfers(session, machine.store())) {
      return run(plan, progress, transfers);
    }
  }

  private PlanResult run(Plan plan, Progress progress, ImageTransfers transfers) {
    plan.warnings().forEach(session::warn);
    var runner = new PlanRunner(machine.operations(transfers), progress, parallel());
    plan.desired().ifPresent(machine.desired()::keep);
    PlanResult result = runner.run(plan, cancel);
    result.failures().forEach(this::report);
    return result;
  }

  private int parallel() {
    int asked = session.globals().parallel();
    String variable = Stack.variable(session, project, "COMPOSE_PARALLEL_LIMIT");
    if (asked != GlobalOptions.NONE.parallel() || variable.isEmpty()) {
      return asked;
    }
    if (!variable.matches("-?\\d{1,9}")) {
      throw new DavitException(
          Kind.INVALID,
          "COMPOSE_PARALLEL_LIMIT=\"" + variable + "\" is no number",
          "write the most operations at a time, or -1");
    }
    return Integer.parseInt(variable);
  }

  void cancel() {
    cancel.cancel();
  }

  boolean isCancelled() {
    return cancel.isCancelled();
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
    if (!Renderers.isDisplay(session)) {
      lastLines(operation).forEach(line -> session.note("  | " + line));
    }
  }

  private List<String> lastLines(Operation operation) {
    return switch (operation) {
      case Operation.WaitFor wait ->
          wait.refs().stream().findFirst().map(this::lastLines).orElse(List.of());
      case Operation.StartContainer start -> lastLines(start.subject().name());
      default -> List.of();
    };
  }

  private List<String> lastLines(String ref) {
    var lines = new ArrayList<String>();
    if (machine.containers().find(ref).isPresent()) {
      machine
          .logs()
          .read(ref, Logs.Query.ofTail(LOG_LINES), line -> lines.add(Neutral.text(line.text())));
    }
    return lines;
  }
}
