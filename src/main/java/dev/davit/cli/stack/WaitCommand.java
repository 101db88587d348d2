package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.engine.Container;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.DownOptions;
import dev.davit.reconcile.DownPlanner;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class WaitCommand {
  private final Machine machine;

  WaitCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "wait",
      description = "Block until containers of the services have ended",
      completionProvider = "services")
  @Usage("SERVICE...")
  int waitFor(
      Session session,
      @Option(description = "Take the project down when they have ended") boolean downProject,
      @Arguments List<String> services) {
    if (services.isEmpty()) {
      throw new UsageException("argument SERVICE is missing", null);
    }
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    List<Container> containers =
        stack.chosen(services, observed).stream()
            .flatMap(service -> observed.of(service).stream())
            .filter(container -> container.state().alive())
            .toList();
    if (containers.isEmpty()) {
      throw new DavitException(
          Kind.WRONG_STATE, "no containers for project \"" + stack.name() + "\" to wait for");
    }
    int code = await(session, containers);
    if (downProject) {
      Observed now = stack.observe(machine.observer());
      var options = new DownOptions(List.of(), false, true, Optional.empty());
      Plan plan = DownPlanner.plan(stack.project(), now, options);
      int down = new Execution(session, machine, stack.project()).runOrPrint(plan);
      return down == 0 ? code : down;
    }
    return code;
  }

  /// Returns the exit code of the last one to end.
  private int await(Session session, List<Container> containers) {
    var last = new AtomicInteger();
    var ends = new ArrayList<CompletableFuture<Void>>();
    for (Container container : containers) {
      ends.add(
          machine
              .containers()
              .waitFor(container.id(), WaitCondition.NOT_RUNNING)
              .thenAccept(
                  ended -> {
                    int code = ended.state().exitCode();
                    last.set(code);
                    session.println(
                        "container \"%s\" exited with status code %d".formatted(ended.id(), code));
                  }));
    }
    var all = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    session.onSignal(
        signal -> {
          last.set(signal.exitCode());
          all.complete(null);
        });
    all.join();
    return last.get();
  }
}
