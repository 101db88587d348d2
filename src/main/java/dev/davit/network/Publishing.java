package dev.davit.network;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The ports of the host that sandboxes have. One thread at a time.
final class Publishing {
  private static final System.Logger LOG = System.getLogger(Publishing.class.getName());

  private final Holdings holdings;
  private final HeldPorts ports = new HeldPorts();

  Publishing(Holdings holdings) {
    this.holdings = holdings;
  }

  // Datagrams are not carried, and packets cannot be turned there.
  private static void checkLoopback(PortBinding binding) {
    if (binding.hostIp().equals(PublishedPort.IPV6_LOOPBACK) && !binding.protocol().equals("tcp")) {
      throw new DavitException(
              Kind.UNSUPPORTED,
              "port %s cannot be published: on ::1 Davit publishes TCP only"
                  .formatted(binding.print()),
              "publish it on 127.0.0.1")
          .about(new Culprit(Part.PORT, binding.print()));
    }
  }

  /// `state` with the ports that are wanted, which are taken on the host's addresses of those
  /// families that lead out.
  SandboxState take(SandboxState state) {
    try {
      for (PortBinding binding : state.bindings()) {
        checkLoopback(binding);
        List<String> ips = hostIps(state, binding);
        if (!ips.isEmpty()) {
          ports.add(state.id(), HeldPort.take(binding, ips, port -> holder(port, state)));
        }
      }
    } catch (RuntimeException e) {
      ports.remove(state.id()).forEach(HeldPort::close);
      throw e;
    }
    serve(state.id());
    return state.withPorts(
        ports.of(state.id()).stream().flatMap(port -> port.ports().stream()).toList());
  }

  void serve(String id) {
    ports.of(id).forEach(port -> serve(id, port));
  }

  private void serve(String id, HeldPort port) {
    holdings.relays().serve(port, () -> target(id, port));
  }

  /// Where connections to `port` of the container lead by now.
  private Optional<InetSocketAddress> target(String id, HeldPort port) {
    return holdings.sandbox(id).stream()
        .flatMap(state -> Holdings.forwards(state).stream())
        .filter(forward -> port.ports().contains(forward.port()))
        .filter(forward -> forward.port().isOnIpv6Loopback())
        .map(
            forward ->
                new InetSocketAddress(forward.target().toInet(), forward.port().containerPort()))
        .findFirst();
  }

  private List<String> hostIps(SandboxState state, PortBinding binding) {
    var ips = new ArrayList<String>();
    if (binding.onIpv4() && state.gateway4().filter(Attachment::bridged).isPresent()) {
      ips.add(ipv4(state.gateway4().get(), binding.hostIp()));
    }
    if (binding.onIpv6() && state.gateway6().filter(Attachment::bridged).isPresent()) {
      ips.add(binding.hostIp().isEmpty() ? PublishedPort.ALL_IPV6 : binding.hostIp());
    }
    if (ips.isEmpty() && !binding.hostIp().isEmpty() && !state.waysOut().isEmpty()) {
      String family = binding.onIpv6() ? "IPv6" : "IPv4";
      throw new DavitException(
              Kind.INVALID,
              "port %s cannot be published: container \"%s\" has no %s address"
                  .formatted(binding.print(), state.name(), family),
              "give one of its networks %s addresses, or publish without an address of the host"
                  .formatted(family))
          .about(new Culprit(Part.PORT, binding.print()));
    }
    return ips;
  }

  private String ipv4(Attachment gateway, String hostIp) {
    if (hostIp.equals("0.0.0.0")) {
      return PublishedPort.ALL_IPV4;
    }
    Network network = holdings.networks().get(gateway.endpoint().networkId());
    return hostIp.isEmpty() && network != null
        ? DriverOptions.of(network.config())
            .hostBinding()
            .map(Ipv4::toString)
            .filter(ip -> !ip.equals("0.0.0.0"))
            .orElse(PublishedPort.ALL_IPV4)
        : hostIp;
  }

  /// Which container has `port`; `self` is not among those that are remembered yet.
  private Optional<String> holder(PublishedPort port, SandboxState self) {
    return ports
        .holder(port)
        .flatMap(
            id ->
                id.equals(self.id())
                    ? Optional.of(self.name())
                    : holdings.sandbox(id).map(SandboxState::name))
        .map(container -> "container \"" + container + '"');
  }

  /// Takes the ports that an earlier engine had published.
  void takeAgain(SandboxState state) {
    retake(state.ports()).forEach(port -> ports.add(state.id(), port));
    serve(state.id());
  }

  /// Takes those of `state` that somebody else had while they were to be taken; returns whether
  /// there were any.
  boolean takeMissing(SandboxState state) {
    var held = ports.of(state.id()).stream().flatMap(it -> it.ports().stream()).toList();
    List<HeldPort> taken =
        retake(state.ports().stream().filter(port -> !held.contains(port)).toList());
    taken.forEach(
        port -> {
          ports.add(state.id(), port);
          serve(state.id(), port);
        });
    return !taken.isEmpty();
  }

  // On all of IPv4 and all of IPv6 one socket has the port.
  private static List<HeldPort> retake(List<PublishedPort> published) {
    var held = new ArrayList<HeldPort>();
    var all = Set.copyOf(published);
    for (PublishedPort port : published) {
      boolean both = all.contains(port.at(PublishedPort.ALL_IPV6));
      if (both && port.hostIp().equals(PublishedPort.ALL_IPV4)) {
        continue;
      }
      PublishedPort four = port.at(PublishedPort.ALL_IPV4);
      boolean on4 = port.hostIp().equals(PublishedPort.ALL_IPV6) && all.contains(four);
      try {
        held.add(HeldPort.retake(on4 ? List.of(four, port) : List.of(port)));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "port {0} cannot be held: {1}", port.print(), e);
      }
    }
    return held;
  }

  /// Gives back all of the sandbox's.
  void release(String id) {
    holdings.relays().release(ports.remove(id));
  }

  void close() {
    holdings.relays().release(ports.removeAll());
  }
}
