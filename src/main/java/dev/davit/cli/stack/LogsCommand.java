package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.engine.Container;
import dev.davit.engine.Logs.Following;
import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Query;
import dev.davit.error.Code;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class LogsCommand {
  private final Machine machine;

  LogsCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "logs",
      description = "View output from containers",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int logs(
      Session session,
      @Option(shortName = 'f', description = "Follow log output") boolean follow,
      @Option(shortName = 'n', defaultValue = "all", description = "Last lines of each container")
          String tail,
      @Option(shortName = 't', description = "Show timestamps") boolean timestamps,
      @Option(longName = "no-color", description = "Produce monochrome output") boolean noColor,
      @Option(longName = "no-log-prefix", description = "Don't print prefixes") boolean noLogPrefix,
      @Option(description = "Show logs since a time (2013-01-02T13:23:37Z) or for 42m")
          @Nullable String since,
      @Option(description = "Show logs before a time or 42m ago") @Nullable String until,
      @Option(description = "Index of the container if the service has several")
          @Nullable Integer index,
      @Arguments List<String> services) {
    if (index != null && services.size() != 1) {
      throw new UsageException("--index needs exactly one service", null);
    }
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    Instant now = Instant.now();
    var query =
        new Query(
            Times.point("--since", since, now), Times.point("--until", until, now), lines(tail));
    List<Container> containers =
        observed.containers().stream()
            .filter(container -> services.isEmpty() || services.contains(Labels.service(container)))
            .filter(container -> index == null || Labels.number(container) == index)
            .sorted(Comparator.comparing(Container::name))
            .toList();
    var printer = new LogPrinter(session, new LogPrinter.Style(!noColor, !noLogPrefix, timestamps));
    printer.add(containers);
    if (follow) {
      return follow(session, containers, query, printer);
    }
    print(containers, query, printer);
    return 0;
  }

  // The lines of all containers in the order in which they were written.
  private void print(List<Container> containers, Query query, LogPrinter printer) {
    if (containers.size() == 1) {
      machine.logs().read(containers.getFirst().id(), query, printer::print);
      return;
    }
    var lines = new ArrayList<LogLine>();
    for (Container container : containers) {
      machine.logs().read(container.id(), query, lines::add);
    }
    lines.sort(Comparator.comparing(LogLine::time));
    lines.forEach(printer::print);
  }

  private int follow(Session session, List<Container> containers, Query query, LogPrinter printer) {
    var ended = new CompletableFuture<Integer>();
    session.onSignal(signal -> ended.complete(signal.exitCode()));
    try (Following following =
        machine
            .logs()
            .follow(containers.stream().map(Container::id).toList(), query, printer::print)) {
      var _ = following.done().whenComplete((_, _) -> ended.complete(0));
      int code = ended.join();
      return code == Signal.HUP.exitCode() ? 0 : code;
    }
  }

  private static OptionalInt lines(String tail) {
    if (tail.equals("all")) {
      return OptionalInt.empty();
    }
    if (!tail.matches("\\d{1,9}")) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "value \"" + tail + "\" of \"--tail\" is no number of lines",
          "write a number or all",
          tail);
    }
    return OptionalInt.of(Integer.parseInt(tail));
  }
}
