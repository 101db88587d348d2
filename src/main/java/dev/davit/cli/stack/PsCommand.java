package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import dev.davit.network.PublishedPort;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class PsCommand {
  private static final JsonMapper JSON = new JsonMapper();

  private final Machine machine;

  PsCommand(Machine machine) {
    this.machine = machine;
  }

  enum Format {
    TABLE,
    JSON
  }

  @Command(name = "ps", description = "List containers", completionProvider = "services")
  @Usage("[SERVICE...]")
  void ps(
      Session session,
      @Option(shortName = 'a', description = "Show stopped containers too") boolean all,
      @Option(defaultValue = "table", description = "Format of the output (table|json)")
          Format format,
      @Option(shortName = 'q', description = "Only display ids") boolean quiet,
      @Option(longName = "services", description = "Display services") boolean names,
      @Option(description = "Filter by status: paused, restarting, running, exited…")
          List<String> status,
      @Option(description = "Filter by a property: status=running") List<String> filter,
      @Option(longName = "no-trunc", description = "Don't truncate output") boolean noTrunc,
      @Option(defaultValue = "true", description = "Include orphaned services") boolean orphans,
      @Arguments List<String> services) {
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    List<String> wanted = statuses(status, filter);
    List<Container> containers =
        observed.containers().stream()
            .filter(container -> services.isEmpty() || services.contains(Labels.service(container)))
            .filter(container -> orphans || known(stack, container))
            .filter(
                container ->
                    wanted.isEmpty()
                        ? all || isUp(container)
                        : wanted.contains(container.state().status().word()))
            .sorted(Comparator.comparing(Container::name))
            .toList();
    print(session, containers, format, quiet, names, noTrunc);
  }

  private static void print(
      Session session,
      List<Container> containers,
      Format format,
      boolean quiet,
      boolean names,
      boolean noTrunc) {
    if (quiet) {
      session.print(lines(containers.stream().map(Container::id)));
    } else if (names) {
      session.print(lines(containers.stream().map(Labels::service).distinct()));
    } else if (format == Format.JSON) {
      session.print(lines(containers.stream().map(PsCommand::json)));
    } else {
      session.print(table(containers, noTrunc));
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

  private static String table(List<Container> containers, boolean noTrunc) {
    var table = new Table("NAME", "IMAGE", "COMMAND", "SERVICE", "CREATED", "STATUS", "PORTS");
    Instant now = Instant.now();
    for (Container container : containers) {
      table.add(
          container.name(),
          container.config().image(),
          "\"" + truncated(command(container), noTrunc) + "\"",
          Labels.service(container),
          Times.human(Duration.between(container.created(), now)) + " ago",
          Status.of(container, now),
          ports(container));
    }
    return table.print();
  }

  private static String truncated(String text, boolean noTrunc) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return noTrunc || line.length() <= 20 ? line : line.substring(0, 19) + "…";
  }

  private static String command(Container container) {
    var command = container.config().command();
    return Stream.concat(
            command.entrypoint().orElse(List.of()).stream(),
            command.command().orElse(List.of()).stream())
        .collect(Collectors.joining(" "));
  }

  private static String ports(Container container) {
    return container.sandbox().stream()
        .flatMap(sandbox -> sandbox.ports().stream())
        .map(
            port ->
                "%s:%d->%d/%s"
                    .formatted(url(port), port.hostPort(), port.containerPort(), port.protocol()))
        .collect(Collectors.joining(", "));
  }

  private static String url(PublishedPort port) {
    return port.hostIp().isEmpty() ? "0.0.0.0" : port.hostIp();
  }

  private static String json(Container container) {
    Instant now = Instant.now();
    ObjectNode object = JSON.createObjectNode();
    object.put("ID", container.shortId());
    object.put("Name", container.name());
    object.put("Names", container.name());
    object.put("Project", Labels.project(container));
    object.put("Service", Labels.service(container));
    object.put("Image", container.config().image());
    object.put("Command", "\"" + truncated(command(container), false) + "\"");
    object.put("CreatedAt", container.created().toString());
    object.put("RunningFor", Times.human(Duration.between(container.created(), now)) + " ago");
    object.put("State", container.state().status().word());
    object.put("Status", Status.of(container, now));
    object.put("Health", Status.health(container));
    object.put("ExitCode", container.state().exitCode());
    ArrayNode publishers = object.putArray("Publishers");
    for (PublishedPort port :
        container.sandbox().map(dev.davit.network.Sandbox::ports).orElse(List.of())) {
      ObjectNode publisher = publishers.addObject();
      publisher.put("URL", url(port));
      publisher.put("TargetPort", port.containerPort());
      publisher.put("PublishedPort", port.hostPort());
      publisher.put("Protocol", port.protocol());
    }
    object.put("Ports", ports(container));
    object.put(
        "Labels",
        container.config().labels().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(",")));
    object.put(
        "Mounts",
        container.mounts().stream().map(Container.Mount::source).collect(Collectors.joining(",")));
    object.put(
        "Networks",
        container.config().network().endpoints().stream()
            .map(dev.davit.network.EndpointConfig::network)
            .collect(Collectors.joining(",")));
    return JSON.writeValueAsString(object);
  }
}
