package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Size;
import dev.davit.cli.progress.Renderers;
import dev.davit.compose.Project;
import dev.davit.engine.Container;
import dev.davit.engine.Containers;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.engine.Execs;
import dev.davit.error.DavitException;
import dev.davit.reconcile.LifecyclePlanner;
import dev.davit.reconcile.OneOff;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.Progress;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

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

  /// @param remove when it has ended
  record Manner(
      boolean detach, boolean remove, boolean interactive, boolean terminal, boolean quiet) {}

  /// Returns the exit code of the container, or that of the plan that makes it.
  int run(Plan plan, Manner manner) {
    var execution = new Execution(session, machine, Optional.of(project));
    if (session.globals().dryRun()) {
      return execution.runOrPrint(plan);
    }
    session.onSignal(_ -> execution.cancel());
    PlanResult made = execution.run(plan, manner.quiet() ? Progress.NONE : Renderers.of(session));
    if (!made.succeeded()) {
      return Execution.code(made);
    }
    String id = machine.containers().get(oneOff.containerName()).id();
    if (manner.detach()) {
      return detached(id, manner.remove(), execution);
    }
    try {
      return manner.terminal()
          ? onTerminal(id, manner, execution)
          : attached(id, manner, execution);
    } finally {
      if (manner.remove()) {
        machine.containers().remove(id, true, true);
      }
    }
  }

  private int detached(String id, boolean remove, Execution execution) {
    int code = start(id, execution);
    session.println(id);
    if (remove) {
      var _ =
          machine
              .containers()
              .waitFor(id, WaitCondition.NOT_RUNNING)
              .thenRunAsync(
                  () -> machine.containers().remove(id, true, true), Thread::startVirtualThread);
    }
    return code;
  }

  // The streams are those of the container: of its hooks only a failure is told.
  private int start(String id, Execution execution) {
    Container started = machine.containers().start(id);
    Plan hooks = LifecyclePlanner.started(started);
    return hooks.isEmpty() ? 0 : Execution.code(execution.run(hooks, Progress.NONE));
  }

  private int onTerminal(String id, Manner manner, Execution execution) {
    try (Session.RawMode _ = session.raw()) {
      return attached(id, manner, execution);
    }
  }

  private int attached(String id, Manner manner, Execution execution) {
    Containers containers = machine.containers();
    InputStream in = manner.interactive() ? session.in() : InputStream.nullInputStream();
    var streams = new Execs.Streams(in, session.out(), session.err());
    Consumer<Signal> toContainer = signal -> kill(id, signal.name());
    session.onSignal(toContainer);
    try (Containers.Attached attached = containers.attach(id, streams)) {
      int hooks = start(id, execution);
      session.onSignal(toContainer); // while hooks ran a signal ended them
      if (manner.terminal()) {
        resize(id, session.size());
        session.onResize(size -> resize(id, size));
      }
      int code = containers.waitFor(id, WaitCondition.NOT_RUNNING).join().state().exitCode();
      attached.done().join();
      return code == 0 ? hooks : code;
    }
  }

  private void kill(String id, String signal) {
    try {
      machine.containers().kill(id, signal);
    } catch (DavitException ended) {
      // It was faster than the signal.
    }
  }

  private void resize(String id, Size size) {
    try {
      machine.containers().resize(id, size.rows(), size.columns());
    } catch (DavitException ended) {
      // It was faster than the window.
    }
  }
}
