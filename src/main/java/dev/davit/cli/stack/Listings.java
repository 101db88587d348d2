package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.row.ContainerText;
import dev.davit.cli.row.DockerConfig;
import dev.davit.cli.row.ImageRow;
import dev.davit.cli.row.ProcessTable;
import dev.davit.cli.row.VolumeRow;
import dev.davit.engine.Container;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.network.PublishedPort;
import dev.davit.network.Sandbox;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// Commands that show something of a project's containers and end: `top`, `images`, `volumes`,
/// `port`.
final class Listings {
  private final Machine machine;

  Listings(Machine machine) {
    this.machine = machine;
  }

  private List<Container> containers(Session session, List<String> services) {
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    return observed.containers().stream()
        .filter(container -> services.isEmpty() || services.contains(Labels.service(container)))
        .sorted(Comparator.comparing(Container::name))
        .toList();
  }

  @Command(
      name = "top",
      description = "Display the running processes",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  void top(Session session, @Arguments List<String> services) {
    var table = ProcessTable.ofServices();
    for (Container container : containers(session, services)) {
      if (container.state().alive()) {
        table.add(container, machine.statistics().processes(container.id()));
      }
    }
    session.print(table.print());
  }

  @Command(
      name = "images",
      description = "List images used by the created containers",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  void images(
      Session session,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(shortName = 'q', description = "Only display ids") boolean quiet,
      @Arguments List<String> services) {
    Instant now = Instant.now();
    List<ImageRow> rows =
        containers(session, services).stream()
            .filter(container -> !Labels.oneOff(container))
            .map(it -> ImageRow.of(it, machine.images().find(it.imageId()), now))
            .toList();
    session.print(
        quiet
            ? rows.stream()
                .map(row -> row.id().replaceFirst("^sha256:", "") + "\n")
                .distinct()
                .collect(Collectors.joining())
            : ImageRow.LAYOUT.print(format, rows));
  }

  @Command(name = "volumes", description = "List volumes", completionProvider = "services")
  @Usage("[SERVICE...]")
  void volumes(
      Session session,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(shortName = 'q', description = "Only display volume names") boolean quiet,
      @Arguments List<String> services) {
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    List<String> mounted =
        observed.containers().stream()
            .filter(container -> services.contains(Labels.service(container)))
            .flatMap(container -> container.mounts().stream())
            .map(Container.Mount::source)
            .toList();
    List<VolumeRow> rows =
        observed.volumes().stream()
            .filter(it -> stack.name().equals(it.config().labels().get(Labels.PROJECT)))
            .filter(volume -> services.isEmpty() || mounted.contains(volume.name()))
            .map(VolumeRow::of)
            .toList();
    String shown = quiet ? "{{.Name}}" : DockerConfig.format(session, format, "volumesFormat");
    session.print(VolumeRow.LAYOUT.print(shown, rows));
  }

  @Command(
      name = "port",
      description = "Print the public port for a port binding",
      completionProvider = "services")
  @Usage("SERVICE PRIVATE_PORT")
  void port(
      Session session,
      @Option(defaultValue = "tcp", description = "tcp or udp") String protocol,
      @Option(description = "Index of the container if there are several") int index,
      @Argument(index = 0) String service,
      @Argument(index = 1) String port) {
    if (!port.matches("\\d{1,5}")) {
      throw new UsageException(
          Code.INVALID_OPTION, "\"" + port + "\" is no port", "write a number", port);
    }
    Container container = Replicas.of(session, machine, service).running().one(index);
    PublishedPort found =
        published(container)
            .filter(it -> it.containerPort() == Integer.parseInt(port))
            .filter(it -> it.protocol().equalsIgnoreCase(protocol))
            .findFirst()
            .orElseThrow(() -> notPublished(container, port + "/" + protocol));
    session.println(ContainerText.address(found) + ":" + found.hostPort());
  }

  private static Stream<PublishedPort> published(Container container) {
    return container.sandbox().map(Sandbox::ports).stream().flatMap(List::stream);
  }

  private static DavitException notPublished(Container container, String port) {
    String known =
        published(container)
            .map(it -> it.containerPort() + "/" + it.protocol())
            .distinct()
            .collect(Collectors.joining(", "));
    return new DavitException(
        Kind.NOT_FOUND,
        "no port %s for container %s".formatted(port, container.name()),
        known.isEmpty() ? "it publishes none" : "it publishes " + known);
  }
}
