package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.row.DockerConfig;
import dev.davit.cli.stack.Machine;
import dev.davit.docker.NetworkShape;
import dev.davit.engine.Container;
import dev.davit.error.DavitException;
import dev.davit.network.EndpointConfig;
import dev.davit.network.Ipv4;
import dev.davit.network.Network;
import dev.davit.network.NetworkConfig;
import dev.davit.network.Subnet;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit network …`.
final class NetworkCommands {
  private static final String GROUP = ContainerLists.GROUP;
  private static final Set<String> FILTERS = Set.of("id", "name", "driver", "label", "dangling");

  private final Machine machine;
  private final Objects objects;

  NetworkCommands(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  @Command(
      name = {"network", "ls"},
      alias = "network list",
      group = GROUP,
      description = "List networks")
  void ls(
      Session session,
      @Option(shortName = 'f', description = "Filter by id, name, driver, label or dangling")
          List<String> filter,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(longName = "no-trunc", description = "Do not truncate the output") boolean whole,
      @Option(shortName = 'q', description = "Only display network ids") boolean quiet) {
    Filters filters = Filters.parse(filter, FILTERS);
    List<NetworkRow> rows =
        machine.networks().list().stream()
            .filter(network -> filters.any("id", it -> network.id().startsWith(it)))
            .filter(network -> filters.any("name", it -> network.name().contains(it)))
            .filter(network -> filters.any("driver", it -> network.config().driver().equals(it)))
            .filter(network -> filters.labels(network.config().labels()))
            .filter(network -> filters.any("dangling", it -> it.equals("true") == !isUsed(network)))
            .map(network -> NetworkRow.of(network, whole))
            .toList();
    String shown = quiet ? "{{.ID}}" : DockerConfig.format(session, format, "networksFormat");
    session.print(NetworkRow.LAYOUT.print(shown, rows));
  }

  private boolean isUsed(Network network) {
    return machine.containers().list().stream()
        .flatMap(container -> container.config().network().endpoints().stream())
        .map(EndpointConfig::network)
        .anyMatch(it -> it.equals(network.name()) || it.equals(network.id()));
  }

  @Command(
      name = {"network", "create"},
      group = GROUP,
      description = "Create a network")
  @Usage("NETWORK")
  void create(
      Session session,
      @Option(shortName = 'd', defaultValue = "bridge", description = "Driver of the network")
          String driver,
      @Option(description = "Subnet in CIDR format, one of each family") List<String> subnet,
      @Option(description = "The host's address on a subnet") List<String> gateway,
      @Option(description = "Part of a subnet from which addresses are given") List<String> ipRange,
      @Option(description = "Addresses that are never given, as NAME=ADDRESS")
          List<String> auxAddress,
      @Option(defaultValue = "true", description = "Give IPv4 addresses") boolean ipv4,
      @Option(description = "Give IPv6 addresses") boolean ipv6,
      @Option(description = "Restrict external access to the network") boolean internal,
      @Option(description = "Set metadata") List<String> label,
      @Option(shortName = 'o', description = "Set driver specific options") List<String> opt,
      @Argument(index = 0) String name) {
    List<Subnet> ipam =
        new SubnetWords(subnet, gateway, ipRange, Pairs.of("--aux-address", auxAddress)).parse();
    if (!session.globals().dryRun()) {
      var config =
          new NetworkConfig(
              name,
              driver,
              internal,
              ipv4,
              ipv6 || ipam.stream().anyMatch(it -> it.subnet().isIpv6()),
              ipam,
              Pairs.of("--opt", opt),
              Pairs.labels(label));
      session.println(machine.networks().create(config).id());
    }
  }

  @Command(
      name = {"network", "inspect"},
      group = GROUP,
      description = "Display detailed information on one or more networks",
      completionProvider = "networks")
  @Usage("NETWORK [NETWORK...]")
  int inspect(
      Session session,
      @Option(shortName = 'f', description = "Format of the output (json|TEMPLATE)") String format,
      @Arguments List<String> networks) {
    List<Container> containers = machine.containers().list();
    return Each.inspect(
        session,
        "network",
        networks,
        format,
        ref -> NetworkShape.of(objects.network(ref), containers));
  }

  @Command(
      name = {"network", "rm"},
      alias = "network remove",
      group = GROUP,
      description = "Remove one or more networks",
      completionProvider = "networks")
  @Usage("NETWORK [NETWORK...]")
  int rm(
      Session session,
      @Option(shortName = 'f', description = "No error if the network does not exist")
          boolean force,
      @Arguments List<String> networks) {
    return Each.run(
        session,
        "network",
        networks,
        ref -> {
          if (!force || machine.networks().find(ref).isPresent()) {
            machine.networks().remove(objects.network(ref).id());
          }
        });
  }

  @Command(
      name = {"network", "prune"},
      group = GROUP,
      description = "Remove all unused networks")
  void prune(
      Session session,
      @Option(shortName = 'f', description = "Do not prompt for confirmation") boolean force,
      @Option(description = "Filter by label=KEY[=VALUE]") List<String> filter)
      throws IOException {
    Filters filters = Filters.parse(filter, Set.of("label"));
    Prompt.confirm(session, force, "This will remove all networks not used by a container.");
    for (Network network : machine.networks().list()) {
      if (!isUsed(network) && filters.labels(network.config().labels())) {
        if (!session.globals().dryRun()) {
          machine.networks().remove(network.id());
        }
        session.println(network.name());
      }
    }
  }

  @Command(
      name = {"network", "connect"},
      group = GROUP,
      description = "Connect a container to a network",
      completionProvider = "networks")
  @Usage("NETWORK CONTAINER")
  void connect(
      Session session,
      @Option(description = "Add a network-scoped name of the container") List<String> alias,
      @Option(description = "IPv4 address") @Nullable String ip,
      @Option(longName = "gw-priority", description = "The highest has the default route")
          int gatewayPriority,
      @Argument(index = 0) String network,
      @Argument(index = 1) String container) {
    Network on = objects.network(network);
    Container which = objects.container(container);
    if (!session.globals().dryRun()) {
      var endpoint =
          new EndpointConfig(
              on.name(),
              alias,
              Optional.ofNullable(ip).map(Ipv4::parse),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              0,
              gatewayPriority,
              List.of(),
              Map.of());
      machine.containers().connect(which.id(), endpoint);
    }
  }

  @Command(
      name = {"network", "disconnect"},
      group = GROUP,
      description = "Disconnect a container from a network",
      completionProvider = "networks")
  @Usage("NETWORK CONTAINER")
  void disconnect(
      Session session,
      @Option(shortName = 'f', description = "No error if it is not connected") boolean force,
      @Argument(index = 0) String network,
      @Argument(index = 1) String container) {
    Network on = objects.network(network);
    Container which = objects.container(container);
    if (session.globals().dryRun()) {
      return;
    }
    try {
      machine.containers().disconnect(which.id(), on.name());
    } catch (DavitException e) {
      if (!force) {
        throw e;
      }
    }
  }
}
