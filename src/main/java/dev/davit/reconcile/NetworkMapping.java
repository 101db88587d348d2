package dev.davit.reconcile;

import dev.davit.compose.NamespaceMode;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Port;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.ServiceNetwork;
import dev.davit.engine.Networking;
import dev.davit.engine.Networking.Mode;
import dev.davit.error.DavitException;
import dev.davit.network.DnsConfig;
import dev.davit.network.EndpointConfig;
import dev.davit.network.Ipv4;
import dev.davit.network.PortBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `networks`, `network_mode`, `ports`, `hostname`, `domainname`, `extra_hosts` and `dns*`.
final class NetworkMapping {
  private NetworkMapping() {}

  static Networking of(Project project, Service service, UnaryOperator<String> firstContainer) {
    var networking = service.networking();
    NamespaceMode mode = networking.mode();
    Optional<String> parent =
        switch (mode) {
          case NamespaceMode.OfService(String other) -> Optional.of(firstContainer.apply(other));
          case NamespaceMode.OfContainer(String container) -> Optional.of(container);
          default -> Optional.empty();
        };
    Mode kind = mode(mode, networking.networks().isEmpty());
    return new Networking(
        kind,
        parent,
        kind == Mode.NETWORKS ? endpoints(project, service) : List.of(),
        kind == Mode.NETWORKS ? ports(project, service) : List.of(),
        service.naming().hostname(),
        service.naming().domainname(),
        networking.extraHosts(),
        new DnsConfig(
            networking.dns().servers(), networking.dns().search(), networking.dns().options()));
  }

  private static Mode mode(NamespaceMode mode, boolean withoutNetworks) {
    return switch (mode) {
      case NamespaceMode.Own _ -> withoutNetworks ? Mode.NONE : Mode.NETWORKS;
      case NamespaceMode.Host _ -> Mode.HOST;
      case NamespaceMode.None _ -> Mode.NONE;
      case NamespaceMode.OfService _, NamespaceMode.OfContainer _ -> Mode.CONTAINER;
      case NamespaceMode.OnNetwork _ -> Mode.NONE; // refused before
    };
  }

  private static List<EndpointConfig> endpoints(Project project, Service service) {
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
    try {
      return new EndpointConfig(
          name,
          names,
          network.ipv4Address().map(Ipv4::parse),
          network.macAddress(),
          network.interfaceName(),
          network.priority(),
          network.gatewayPriority());
    } catch (DavitException e) {
      throw Places.error(project, path + ".ipv4_address", e);
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
