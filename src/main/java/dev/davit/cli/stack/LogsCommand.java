package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.engine.Container;
import dev.davit.engine.Logs.Query;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
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
      LogOptions options,
      @Option(longName = "no-color", description = "Produce monochrome output") boolean noColor,
      @Option(longName = "no-log-prefix", description = "Don't print prefixes") boolean noLogPrefix,
      @Option(description = "Index of the container if the service has several")
          @Nullable Integer index,
      @Arguments List<String> services) {
    if (index != null && services.size() != 1) {
      throw new UsageException("--index needs exactly one service", null);
    }
    Stack stack = Stack.find(session, services);
    SetAside.tell(session, machine, stack.name());
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    Optional<LogMarks> marks =
        options.follow() ? Optional.of(new LogMarks(session)) : Optional.empty();
    Instant now = Instant.now();
    Instant begun = marks.map(it -> it.begun(now)).orElse(now);
    Query query = options.query(begun);
    Predicate<Container> wanted = container -> isWanted(container, stack.name(), services, index);
    List<Container> containers =
        observed.containers().stream()
            .filter(wanted)
            .sorted(Comparator.comparing(Container::name))
            .toList();
    var style =
        new LogPrinter.Style(!noColor, !noLogPrefix, options.timestamps(), options.raw(), false);
    var printer = new LogPrinter(session, style, marks);
    printer.add(containers);
    marks.ifPresent(it -> it.begin(printer));
    if (!marks.map(LogMarks::isFollowing).orElse(false)) {
      MergedLogs.read(
          machine.logs(),
          containers.stream().map(Container::id).toList(),
          id -> marks.flatMap(it -> it.behind(id)).map(query::behind).orElse(query),
          printer::print);
    }
    if (marks.isEmpty()) {
      return 0;
    }
    marks.get().following();
    var places = new LogsFollowing.Places(marks.get(), begun, query.until());
    return follow(session, new LogsFollowing(machine, printer, wanted, places));
  }

  private static boolean isWanted(
      Container container, String project, List<String> services, @Nullable Integer index) {
    return Labels.project(container).equals(project)
        && (services.isEmpty() || services.contains(Labels.service(container)))
        && (index == null || Labels.number(container) == index);
  }

  private static int follow(Session session, LogsFollowing following) {
    var ended = new CompletableFuture<Integer>();
    session.onSignal(signal -> ended.complete(signal.exitCode()));
    try (following) {
      var _ = following.done().whenComplete((_, _) -> ended.complete(0));
      int code = ended.join();
      return code == Signal.HUP.exitCode() ? 0 : code;
    }
  }
}
