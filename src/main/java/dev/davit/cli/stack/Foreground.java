package dev.davit.cli.stack;

import dev.davit.cli.Diagnostics;
import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.progress.Renderers;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.Container;
import dev.davit.reconcile.Cancellation;
import dev.davit.reconcile.ImageTransfers;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.LifecyclePlanner;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanResult;
import dev.davit.reconcile.PlanRunner;
import dev.davit.reconcile.Progress;
import dev.davit.watch.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// `up` in the foreground: creates, attaches, starts, shows output until everything has ended or
/// Ctrl-C stops it.
final class Foreground {
  private final Session session;
  private final Machine machine;
  private final Project project;
  private final Options options;
  private final Execution execution;
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicBoolean aborting = new AtomicBoolean();
  private final CompletableFuture<Void> startingIsOver = new CompletableFuture<>();
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  /// @param since of what time on output is shown
  record Options(
      Instant since,
      List<String> services,
      List<String> attach,
      List<String> noAttach,
      boolean attachDependencies,
      boolean abortOnExit,
      boolean abortOnFailure,
      Optional<String> exitCodeFrom,
      Optional<Duration> grace,
      Optional<Rules> watch,
      boolean menu,
      LogPrinter.Style style) {}

  Foreground(Session session, Machine machine, Project project, Options options) {
    this.session = session;
    this.machine = machine;
    this.project = project;
    this.options = options;
    this.execution = new Execution(session, machine, Optional.of(project));
  }

  /// Runs the plan and returns the exit code: 0 when all has ended, 130 after Ctrl-C, or that of
  /// the container that the options name.
  int run(Plan plan) {
    session.onSignal(this::signal);
    PlanResult created = execution.run(plan.creating(), execution.progress());
    if (!created.succeeded()) {
      return Execution.code(created);
    }
    Observed observed = machine.observer().observe(project);
    List<Container> shown = observed.containers().stream().filter(this::isShown).toList();
    var printer = new LogPrinter(session, options.style());
    try (var attended = new Attended(machine, this::isWatched, this::ended);
        var output = new Output(machine, printer, options.since(), shown, this::isShown);
        var watch =
            new WatchSwitch(session, machine, project, options.services(), printer::watch)) {
      session.note(
          "Attaching to "
              + shown.stream()
                  .map(LogPrinter::shortName)
                  .sorted()
                  .collect(Collectors.joining(", ")));
      Optional<Menu> menu = options.menu() ? Optional.of(menu(watch)) : Optional.empty();
      try {
        int code = untilEnd(plan, attended, watch, printer, observed);
        if (interrupts.get() > 0) {
          stop();
          code = Signal.INT.exitCode();
        }
        output.drain();
        return code;
      } finally {
        menu.ifPresent(Menu::close);
      }
    }
  }

  private Menu menu(WatchSwitch watch) {
    return new Menu(
        session,
        List.of(
            new Menu.Key(
                'w', () -> watch.isOn() ? "Disable Watch" : "Enable Watch", watch::toggle, false),
            new Menu.Key('d', () -> "Detach", this::detach, true)));
  }

  private String detach() {
    if (interrupts.get() == 0 && end.complete(0)) {
      session.note("Detached: the containers go on; 'davit logs -f' follows them");
    }
    return "";
  }

  private int untilEnd(
      Plan plan, Attended attended, WatchSwitch watch, LogPrinter printer, Observed observed) {
    PlanResult started = execution.run(plan.starting(), hooksTo(printer));
    startingIsOver.complete(null);
    if (!started.succeeded() && interrupts.get() == 0 && !aborting.get()) {
      return 1;
    }
    List<Container> containers = started.cancelled() ? List.of() : observed.containers();
    var _ = attended.none().thenRun(this::allEnded);
    attended.begin(containers.stream().filter(this::isWatched).toList());
    if (!end.isDone()) {
      options.watch().ifPresent(rules -> watch.on(rules, () -> end.complete(1)));
    }
    int code = end.join();
    watch.close();
    return code;
  }

  private static Progress hooksTo(LogPrinter printer) {
    return new Progress() {
      @Override
      public void output(Plan.Node node, String line) {
        printer.hook(node.operation().subject(), line);
      }
    };
  }

  private boolean isShown(Container container) {
    return isOfProject(container) && isShown(Labels.service(container));
  }

  private boolean isOfProject(Container container) {
    return Labels.project(container).equals(project.name()) && Labels.number(container) > 0;
  }

  private boolean isShown(String name) {
    Service service = project.services().get(name);
    if (service == null || options.noAttach().contains(name)) {
      return false;
    }
    if (!options.attach().isEmpty()) {
      return options.attach().contains(name);
    }
    boolean asked =
        options.services().isEmpty()
            || options.attachDependencies()
            || options.services().contains(name);
    return asked && service.attach();
  }

  private boolean isWatched(Container container) {
    String service = Labels.service(container);
    return isOfProject(container)
        && (options.services().isEmpty()
            || options.services().contains(service)
            || options.exitCodeFrom().filter(service::equals).isPresent());
  }

  // An abort ends with the code of the container that caused it, when all have been stopped.
  private void allEnded() {
    if (!aborting.get()) {
      end.complete(0);
    }
  }

  private void ended(Container container) {
    int code = container.state().exitCode();
    boolean aborts = options.abortOnExit() || (options.abortOnFailure() && code != 0);
    if (aborts && interrupts.get() == 0 && !end.isDone() && aborting.compareAndSet(false, true)) {
      Thread.ofVirtual().name("abort").start(() -> abort(container, code));
    }
  }

  private void abort(Container container, int code) {
    session.note("Aborting on container exit...");
    // What is started after the stop would go on.
    execution.cancel();
    startingIsOver.join();
    stop();
    int result =
        options
            .exitCodeFrom()
            .filter(name -> !name.equals(Labels.service(container)))
            .map(this::exitCode)
            .orElse(code);
    end.complete(result);
  }

  private int exitCode(String service) {
    return machine.observer().observe(project).of(service).stream()
        .findFirst()
        .map(container -> container.state().exitCode())
        .orElse(0);
  }

  private void signal(Signal signal) {
    switch (signal) {
      case HUP -> {
        // The terminal has gone: what runs stays, and what has not been begun is not begun.
        execution.cancel();
        end.complete(0);
      }
      case INT, TERM, QUIT -> {
        switch (interrupts.incrementAndGet()) {
          case 1 -> {
            session.note("Gracefully Stopping... press Ctrl+C again to force");
            execution.cancel();
            end.complete(Signal.INT.exitCode());
          }
          case 2 -> kill();
          default -> {}
        }
      }
    }
  }

  private void stop() {
    Observed observed = machine.observer().observe(project);
    runQuietly(LifecyclePlanner.stop(observed, requested(), options.grace()));
  }

  private List<String> requested() {
    return options.services().isEmpty()
        ? List.copyOf(project.services().keySet())
        : options.services();
  }

  private void kill() {
    Thread.ofVirtual()
        .name("kill")
        .start(
            () ->
                runQuietly(
                    LifecyclePlanner.kill(
                        machine.observer().observe(project), requested(), "SIGKILL")));
  }

  private void runQuietly(Plan plan) {
    var runner =
        new PlanRunner(machine.operations(ImageTransfers.NONE), Renderers.besideOutput(session), 0);
    var result = runner.run(plan, new Cancellation());
    result.failures().forEach(failure -> Diagnostics.show(session, failure.cause()));
  }
}
