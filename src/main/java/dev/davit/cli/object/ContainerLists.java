package dev.davit.cli.object;

import dev.davit.archive.Changes.Change;
import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.row.ContainerText;
import dev.davit.cli.row.DockerConfig;
import dev.davit.cli.row.ProcessTable;
import dev.davit.cli.row.StatsTable;
import dev.davit.cli.stack.Machine;
import dev.davit.docker.ContainerShape;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.network.EndpointConfig;
import dev.davit.network.PublishedPort;
import dev.davit.network.Sandbox;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// What can be seen of containers: `ls`, `inspect`, `top`, `stats`, `port`, `diff`.
final class ContainerLists {
  static final String GROUP = "Management Commands";
  private static final Set<String> FILTERS =
      Set.of("id", "name", "label", "status", "exited", "ancestor", "network", "volume", "health");

  private final Machine machine;
  private final Objects objects;

  ContainerLists(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  @Command(
      name = {"container", "ls"},
      alias = {"container list", "container ps"},
      group = GROUP,
      description = "List containers, those of stacks included")
  void ls(
      Session session,
      @Option(shortName = 'a', description = "Show all containers, not only running ones")
          boolean all,
      @Option(shortName = 'f', description = "Filter by id, name, label, status, exited…")
          List<String> filter,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(
              shortName = 'n',
              defaultValue = "-1",
              description = "Show the last created containers (includes all states)")
          int last,
      @Option(shortName = 'l', description = "Show the latest created container") boolean latest,
      @Option(longName = "no-trunc", description = "Don't truncate output") boolean whole,
      @Option(shortName = 'q', description = "Only display container ids") boolean quiet) {
    Filters filters = Filters.parse(filter, FILTERS);
    int most = latest ? 1 : last;
    boolean any = all || most >= 0 || filters.has("status") || filters.has("exited");
    Instant now = Instant.now();
    List<ContainerRow> rows =
        machine.containers().list().stream()
            .filter(container -> any || isUp(container))
            .filter(container -> fits(container, filters))
            .sorted(Comparator.comparing(Container::created).reversed())
            .limit(most >= 0 ? most : Long.MAX_VALUE)
            .map(container -> ContainerRow.of(container, machine.images(), now, whole))
            .toList();
    String shown = quiet ? "{{.ID}}" : DockerConfig.format(session, format, "psFormat");
    session.print(ContainerRow.LAYOUT.print(shown, rows));
  }

  private static boolean isUp(Container container) {
    return container.state().alive() || container.state().status() == Status.RESTARTING;
  }

  private static boolean fits(Container container, Filters filters) {
    return filters.any("id", it -> container.id().startsWith(it))
        && filters.any("name", it -> container.name().contains(it))
        && filters.labels(container.config().labels())
        && filters.any("status", it -> container.state().status().word().equals(it))
        && filters.any(
            "exited",
            it ->
                container.state().status() == Status.EXITED
                    && it.equals(Integer.toString(container.state().exitCode())))
        && filters.any(
            "ancestor",
            it -> container.config().image().equals(it) || container.imageId().equals(it))
        && filters.any("network", it -> isOn(container, it))
        && filters.any(
            "volume",
            it ->
                container.mounts().stream()
                    .anyMatch(mount -> mount.source().equals(it) || mount.target().equals(it)))
        && filters.any("health", it -> health(container).equals(it));
  }

  private static boolean isOn(Container container, String network) {
    return container.config().network().endpoints().stream()
            .map(EndpointConfig::network)
            .anyMatch(network::equals)
        || container.sandbox().stream()
            .flatMap(sandbox -> sandbox.endpoints().stream())
            .anyMatch(it -> network.equals(it.networkName()) || network.equals(it.networkId()));
  }

  private static String health(Container container) {
    return container
        .state()
        .health()
        .map(health -> health.status().name().toLowerCase(Locale.ROOT))
        .orElse("none");
  }

  @Command(
      name = {"container", "inspect"},
      group = GROUP,
      description = "Display detailed information on one or more containers",
      completionProvider = "containers")
  @Usage("CONTAINER [CONTAINER...]")
  int inspect(
      Session session,
      @Option(shortName = 'f', description = "Format of the output (json|TEMPLATE)") String format,
      @Arguments List<String> containers) {
    return Each.inspect(
        session,
        "container",
        containers,
        format,
        ref -> {
          Container container = objects.container(ref);
          return ContainerShape.of(container, machine.images().find(container.imageId()));
        });
  }

  @Command(
      name = {"container", "top"},
      group = GROUP,
      description = "Display the running processes of a container",
      completionProvider = "containers")
  @Usage("CONTAINER")
  void top(Session session, @Argument(index = 0) String container) {
    Container found = objects.container(container);
    var table = ProcessTable.ofOneContainer();
    table.add(found, machine.statistics().processes(found.id()));
    session.print(table.print());
  }

  @Command(
      name = {"container", "stats"},
      group = GROUP,
      description = "Display a live stream of container(s) resource usage statistics",
      completionProvider = "containers")
  @Usage("[CONTAINER...]")
  int stats(Session session, StatsTable.Options options, @Arguments List<String> containers) {
    Set<String> ids =
        containers.stream().map(ref -> objects.container(ref).id()).collect(Collectors.toSet());
    String format = DockerConfig.format(session, options.format(), "statsFormat");
    return new StatsTable(session, machine.statistics(), options, format)
        .run(
            () ->
                machine.containers().list().stream()
                    .filter(container -> ids.isEmpty() || ids.contains(container.id()))
                    .toList());
  }

  @Command(
      name = {"container", "port"},
      group = GROUP,
      description = "List port mappings or a specific mapping for the container",
      completionProvider = "containers")
  @Usage("CONTAINER [PRIVATE_PORT[/PROTO]]")
  int port(
      Session session,
      @Argument(index = 0) String container,
      @Argument(index = 1) @Nullable String port) {
    Container found = objects.container(container);
    String wanted = port == null || port.contains("/") ? port : port + "/tcp";
    String lines =
        found.sandbox().map(Sandbox::ports).orElse(List.of()).stream()
            .filter(it -> wanted == null || wanted.equals(inside(it)))
            .map(
                it ->
                    (wanted == null ? inside(it) + " -> " : "")
                        + ContainerText.address(it)
                        + ":"
                        + it.hostPort()
                        + "\n")
            .collect(Collectors.joining());
    session.print(lines);
    if (lines.isEmpty() && wanted != null) {
      session.note("davit: no public port \"%s\" published for %s".formatted(wanted, container));
      return 1;
    }
    return 0;
  }

  private static String inside(PublishedPort port) {
    return port.containerPort() + "/" + port.protocol();
  }

  @Command(
      name = {"container", "diff"},
      group = GROUP,
      description = "Inspect changes to files or directories on a container's filesystem",
      completionProvider = "containers")
  @Usage("CONTAINER")
  void diff(Session session, @Argument(index = 0) String container) {
    var text = new StringBuilder();
    for (Change change : machine.archives().changes(objects.container(container).id())) {
      text.append(change.type()).append(' ').append(change.path()).append('\n');
    }
    session.print(text.toString());
  }
}
