package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.row.DockerConfig;
import dev.davit.cli.row.PsRow;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class PsCommand {
  private final Machine machine;

  PsCommand(Machine machine) {
    this.machine = machine;
  }

  /// What of a list of containers is printed, and how.
  record Shown(
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(shortName = 'q', description = "Only display ids") boolean quiet,
      @Option(longName = "services", description = "Display services") boolean names,
      @Option(longName = "no-trunc", description = "Don't truncate output") boolean whole) {}

  @Command(name = "ps", description = "List containers", completionProvider = "services")
  @Usage("[SERVICE...]")
  void ps(
      Session session,
      @Option(
              shortName = 'a',
              description = "Show stopped containers too, and those of the run command")
          boolean all,
      Shown shown,
      @Option(description = "Filter by status: paused, restarting, running, exited…")
          List<String> status,
      @Option(description = "Filter by a property: status=running") List<String> filter,
      @Option(defaultValue = "true", description = "Include orphaned services") boolean orphans,
      @Arguments List<String> services) {
    Stack stack = Stack.find(session, services);
    SetAside.tell(session, machine, stack.name());
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    List<String> wanted = statuses(status, filter);
    List<Container> containers =
        observed.containers().stream()
            .filter(container -> services.isEmpty() || services.contains(Labels.service(container)))
            .filter(container -> all || !Labels.oneOff(container))
            .filter(container -> orphans || known(stack, container))
            .filter(
                container ->
                    wanted.isEmpty()
                        ? all || isUp(container)
                        : wanted.contains(container.state().status().word()))
            .sorted(Comparator.comparing(Container::name))
            .toList();
    print(session, containers, shown);
  }

  private void print(Session session, List<Container> containers, Shown shown) {
    if (shown.quiet()) {
      session.print(lines(containers.stream().map(Container::id)));
    } else if (shown.names()) {
      session.print(lines(containers.stream().map(Labels::service).distinct()));
    } else {
      Instant now = Instant.now();
      String format = DockerConfig.format(session, shown.format(), "psFormat");
      session.print(
          PsRow.LAYOUT.print(
              format,
              containers.stream()
                  .map(it -> PsRow.of(it, machine.images(), now, shown.whole()))
                  .toList()));
    }
  }

  private static String lines(Stream<String> lines) {
    return lines.map(line -> line + "\n").collect(Collectors.joining());
  }

  private static boolean known(Stack stack, Container container) {
    return stack
        .project()
        .map(model -> model.services().containsKey(Labels.service(container)))
        .orElse(true);
  }

  private static boolean isUp(Container container) {
    return switch (container.state().status()) {
      case RUNNING, PAUSED, RESTARTING, REMOVING -> true;
      case CREATED, EXITED, DEAD -> false;
    };
  }

  private static List<String> statuses(List<String> status, List<String> filter) {
    Stream<String> filtered =
        filter.stream()
            .map(
                text -> {
                  if (!text.startsWith("status=")) {
                    throw new UsageException(
                        Code.INVALID_OPTION,
                        "unknown filter \"" + text + "\"",
                        "filter by status=running",
                        text);
                  }
                  return text.substring("status=".length());
                });
    return Stream.concat(status.stream(), filtered).map(PsCommand::status).toList();
  }

  private static String status(String word) {
    List<String> known =
        Stream.of(ContainerState.Status.values()).map(ContainerState.Status::word).toList();
    if (known.contains(word)) {
      return word;
    }
    String help = Suggestion.or(word, known, "write " + String.join(", ", known));
    throw new UsageException(Code.INVALID_OPTION, "unknown status \"" + word + "\"", help, word);
  }
}
