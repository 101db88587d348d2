package dev.davit.docker;

import dev.davit.engine.Container;
import dev.davit.format.Struct;
import dev.davit.network.Endpoint;
import dev.davit.network.EndpointConfig;
import dev.davit.network.Ip;
import dev.davit.network.PublishedPort;
import dev.davit.network.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Where a container is reached, as `NetworkSettings` of the Docker Engine API has it.
final class NetworkSettingsShape {
  private NetworkSettingsShape() {}

  static Struct of(Container container) {
    Optional<Sandbox> sandbox = container.sandbox();
    return new Struct()
        .with("SandboxID", sandbox.map(Sandbox::id).orElse(""))
        .with("SandboxKey", sandbox.map(it -> it.netns().toString()).orElse(""))
        .with("Ports", ports(sandbox.map(Sandbox::ports).orElse(List.of())))
        .with("Networks", networks(container));
  }

  private static Map<String, List<Struct>> ports(List<PublishedPort> published) {
    var ports = new TreeMap<String, List<Struct>>();
    for (PublishedPort port : published) {
      ports
          .computeIfAbsent(port.containerPort() + "/" + port.protocol(), _ -> new ArrayList<>())
          .add(
              new Struct()
                  .with("HostIp", port.hostIp().isEmpty() ? "0.0.0.0" : port.hostIp())
                  .with("HostPort", Integer.toString(port.hostPort())));
    }
    return ports;
  }

  private static Map<String, Struct> networks(Container container) {
    var networks = new TreeMap<String, Struct>();
    for (EndpointConfig asked : container.config().network().endpoints()) {
      Optional<Endpoint> has =
          container.sandbox().stream()
              .flatMap(sandbox -> sandbox.endpoints().stream())
              .filter(
                  it ->
                      asked.network().equals(it.networkName())
                          || asked.network().equals(it.networkId()))
              .findFirst();
      networks.put(has.map(Endpoint::networkName).orElse(asked.network()), endpoint(asked, has));
    }
    return networks;
  }

  private static Struct endpoint(EndpointConfig asked, Optional<Endpoint> has) {
    return new Struct()
        .with("Aliases", asked.names())
        .with("MacAddress", has.map(Endpoint::mac).orElse(""))
        .with("GwPriority", asked.gwPriority())
        .with("NetworkID", has.map(Endpoint::networkId).orElse(""))
        .with("Gateway", text(has.flatMap(Endpoint::ipv4), Endpoint.Place::gateway))
        .with("IPAddress", text(has.flatMap(Endpoint::ipv4), Endpoint.Place::address))
        .with("IPPrefixLen", length(has.flatMap(Endpoint::ipv4)))
        .with("IPv6Gateway", text(has.flatMap(Endpoint::ipv6), Endpoint.Place::gateway))
        .with("GlobalIPv6Address", text(has.flatMap(Endpoint::ipv6), Endpoint.Place::address))
        .with("GlobalIPv6PrefixLen", length(has.flatMap(Endpoint::ipv6)))
        .with("DNSNames", has.map(Endpoint::names).orElse(List.of()));
  }

  private static String text(Optional<Endpoint.Place> place, Function<Endpoint.Place, Ip> part) {
    return place.map(it -> part.apply(it).toString()).orElse("");
  }

  private static int length(Optional<Endpoint.Place> place) {
    return place.map(Endpoint.Place::prefixLength).orElse(0);
  }
}
