package dev.davit.reconcile;

import dev.davit.compose.Link;
import dev.davit.compose.NamespaceMode;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Port;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.ServiceNetwork;
import dev.davit.engine.Networking;
import dev.davit.engine.Networking.Mode;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.network.DnsConfig;
import dev.davit.network.EndpointConfig;
import dev.davit.network.Ip;
import dev.davit.network.Ipv4;
import dev.davit.network.Ipv6;
import dev.davit.network.Networks;
import dev.davit.network.PortBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `networks`, `network_mode`, `ports`, `hostname`, `domainname`, `extra_hosts` and `dns*`.
final class NetworkMapping {
  private static final Map<String, Mode> MODES = Map.of("host", Mode.HOST, "none", Mode.NONE);

  private NetworkMapping() {}

  static Networking of(Project project, Service service, UnaryOperator<String> firstContainer) {
    var networking = service.networking();
    Optional<String> parent =
        switch (networking.mode()) {
          case NamespaceMode.OfService(String other) -> Optional.of(firstContainer.apply(other));
          case NamespaceMode.OfContainer(String container) -> Optional.of(container);
          default -> Optional.empty();
        };
    Mode kind = mode(project, service);
    return new Networking(
        kind,
        parent,
        kind == Mode.NETWORKS ? endpoints(project, service) : List.of(),
        kind == Mode.NETWORKS ? ports(project, service) : List.of(),
        service.naming().hostname(),
        service.naming().domainname(),
        networking.extraHosts(),
        new DnsConfig(
            networking.dns().servers(),
            networking.dns().search(),
            networking.dns().options(),
            aliases(networking)));
  }

  private static Map<String, String> aliases(dev.davit.compose.Networking networking) {
    return Stream.concat(networking.links().stream(), networking.externalLinks().stream())
        .filter(link -> !link.alias().equals(link.target()))
        .collect(Collectors.toMap(Link::alias, Link::target, (_, last) -> last));
  }

  private static Mode mode(Project project, Service service) {
    return switch (service.networking().mode()) {
      case NamespaceMode.Own _ -> ofNetworks(project, service);
      case NamespaceMode.Host _ -> Mode.HOST;
      case NamespaceMode.None _ -> Mode.NONE;
      case NamespaceMode.OfService _, NamespaceMode.OfContainer _ -> Mode.CONTAINER;
      case NamespaceMode.OnNetwork _ -> Mode.NETWORKS;
    };
  }

  // docker has networks "host" and "none", which are no networks but namespaces.
  private static Mode ofNetworks(Project project, Service service) {
    var networks = service.networking().networks();
    if (networks.isEmpty()) {
      return Mode.NONE;
    }
    for (String key : networks.keySet()) {
      Mode mode = predefined(project.networks().get(key));
      if (mode != null && networks.size() > 1) {
        throw Places.error(
            project,
            "services." + service.name() + ".networks." + key,
            new DavitException(
                Kind.INVALID,
                "network \"" + key + "\" is no network and cannot be one of several",
                "remove the other networks"));
      }
      if (mode != null) {
        return mode;
      }
    }
    return Mode.NETWORKS;
  }

  private static @Nullable Mode predefined(@Nullable NetworkDefinition definition) {
    return definition != null && definition.external() ? MODES.get(definition.name()) : null;
  }

  /// The network that `network_mode` means.
  static String network(String mode) {
    return mode.equals("default") ? Networks.DEFAULT : mode;
  }

  private static List<EndpointConfig> endpoints(Project project, Service service) {
    if (service.networking().mode() instanceof NamespaceMode.OnNetwork(String name)) {
      return List.of(EndpointConfig.of(network(name), List.of(service.name())));
    }
    var endpoints = new ArrayList<EndpointConfig>();
    service
        .networking()
        .networks()
        .forEach(
            (key, network) -> {
              String path = "services." + service.name() + ".networks." + key;
              NetworkDefinition definition = project.networks().get(key);
              String name = definition == null ? key : definition.name();
              endpoints.add(endpoint(project, path, name, names(service, network), network));
            });
    return endpoints;
  }

  // The engine adds the container's name and id.
  private static List<String> names(Service service, ServiceNetwork network) {
    var names = new ArrayList<String>();
    names.add(service.name());
    network.aliases().stream().filter(alias -> !names.contains(alias)).forEach(names::add);
    return names;
  }

  private static EndpointConfig endpoint(
      Project project, String path, String name, List<String> names, ServiceNetwork network) {
    return new EndpointConfig(
        name,
        names,
        network.ipv4Address().map(text -> at(project, path + ".ipv4_address", Ipv4::parse, text)),
        network.ipv6Address().map(text -> at(project, path + ".ipv6_address", Ipv6::parse, text)),
        network.macAddress(),
        network.interfaceName(),
        network.priority(),
        network.gatewayPriority(),
        network.linkLocalAddresses().stream()
            .map(text -> at(project, path + ".link_local_ips", Ip::parse, text))
            .toList(),
        network.driverOpts());
  }

  private static <T> T at(Project project, String path, Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (DavitException e) {
      throw Places.error(project, path, e);
    }
  }

  private static List<PortBinding> ports(Project project, Service service) {
    var bindings = new ArrayList<PortBinding>();
    for (int i = 0; i < service.networking().ports().size(); i++) {
      try {
        bindings.add(binding(service.networking().ports().get(i)));
      } catch (DavitException e) {
        throw Places.error(project, "services." + service.name() + ".ports[" + i + "]", e);
      }
    }
    return bindings;
  }

  private static PortBinding binding(Port port) {
    String[] range = port.published().split("-", -1);
    int first = port.published().isEmpty() ? 0 : Integer.parseInt(range[0]);
    int last = range.length > 1 ? Integer.parseInt(range[1]) : first;
    return new PortBinding(port.hostIp(), first, last, port.target(), port.protocol());
  }
}
