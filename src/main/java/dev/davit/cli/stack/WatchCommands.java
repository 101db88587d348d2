package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.row.DockerConfig;
import dev.davit.cli.row.EventLines;
import dev.davit.cli.row.StatsTable;
import dev.davit.cli.row.Times;
import dev.davit.engine.Container;
import dev.davit.engine.Event;
import dev.davit.format.Json;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// Commands that go on showing what a project's containers do: `events` and `stats`.
final class WatchCommands {
  private final Machine machine;

  WatchCommands(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "events",
      description = "Receive real time events from containers, of everything without a project",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int events(
      Session session,
      @Option(description = "Output events as a stream of json objects") boolean json,
      @Option(description = "Show all events since a time or for 42m") @Nullable String since,
      @Option(description = "Stream events until a time or 42m ago") @Nullable String until,
      @Arguments List<String> services) {
    Optional<Stack> found = services.isEmpty() ? Stack.lookUp(session) : stack(session, services);
    Instant now = Instant.now();
    var lines =
        new EventLines(
            session,
            machine.events(),
            Times.point("--since", since, now),
            Times.point("--until", until, now));
    if (found.isEmpty() && session.resumed().isEmpty()) {
      session.note("no Compose file here: the events of everything");
    }
    return lines.run(
        event ->
            found.map(stack -> isOf(stack, services, event)).orElse(true)
                ? Optional.of(line(event, json))
                : Optional.empty());
  }

  private static String line(Event event, boolean json) {
    String service = event.attributes().getOrDefault(Labels.SERVICE, "");
    return json
        ? Json.compact(EventLines.ofService(event, service))
        : EventLines.line(event, key -> !key.startsWith("com.docker.compose."));
  }

  private Optional<Stack> stack(Session session, List<String> services) {
    Stack stack = Stack.find(session, services);
    stack.checkServices(services, stack.observe(machine.observer()));
    return Optional.of(stack);
  }

  private static boolean isOf(Stack stack, List<String> services, Event event) {
    String service = event.attributes().getOrDefault(Labels.SERVICE, "");
    return stack.name().equals(event.attributes().get(Labels.PROJECT))
        && !event.attributes().getOrDefault(Labels.ONE_OFF, "False").equals("True")
        && (services.isEmpty() || services.contains(service));
  }

  @Command(
      name = "stats",
      description = "Display a live stream of container(s) resource usage statistics",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int stats(Session session, StatsTable.Options options, @Arguments List<String> services) {
    Stack stack = Stack.find(session, services);
    stack.checkServices(services, stack.observe(machine.observer()));
    String format = DockerConfig.format(session, options.format(), "statsFormat");
    return new StatsTable(session, machine.statistics(), options, format)
        .run(() -> containers(stack, services));
  }

  private List<Container> containers(Stack stack, List<String> services) {
    Observed observed = stack.observe(machine.observer());
    return observed.containers().stream()
        .filter(container -> services.isEmpty() || services.contains(Labels.service(container)))
        .toList();
  }
}
