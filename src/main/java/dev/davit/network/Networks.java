package dev.davit.network;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.netlink.Rtnetlink;
import dev.davit.netlink.RuleEvents;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Every network and every container's network namespace of this engine. All methods may be called
/// by any thread; everything they make outlives this object and the engine, but for DNS and the
/// sockets that hold published ports, which [#open] brings back.
public final class Networks implements AutoCloseable {
  static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";
  private static final int SHORTEST_ID = 4;

  /// The network of `network_mode: bridge`.
  public static final String DEFAULT = "bridge";

  /// Networks that are always there, of which only the first is one of this engine.
  public static final Set<String> PREDEFINED = Set.of(DEFAULT, "host", "none");

  private final ReentrantLock lock = new ReentrantLock();
  private final SecureRandom random = new SecureRandom();
  private final Holdings holdings;
  private final AddressPools pools;
  private final Sandboxes sandboxes;
  private final RuleEvents ruleEvents;
  private boolean closed;

  private Networks(Holdings holdings, AddressPools pools) {
    this.holdings = holdings;
    this.pools = pools;
    sandboxes = new Sandboxes(holdings);
    ruleEvents = new RuleEvents(this::rulesChanged);
  }

  private void rulesChanged() {
    locked(
        () -> {
          if (!closed) {
            holdings.mendFirewall();
          }
          return closed;
        });
  }

  /// As [#open(Path, Path, AddressPools)], with the usual pools.
  public static Networks open(Path stateDirectory, Path runDirectory) {
    return open(stateDirectory, runDirectory, AddressPools.USUAL);
  }

  /// Takes over what an earlier engine left: networks from the state directory, living namespaces
  /// from the run directory. What is missing is made again, what is left over is removed.
  ///
  /// @param stateDirectory kept over reboots
  /// @param runDirectory gone after a reboot; namespaces are mounted at `netns/ID` below it
  /// @param pools for networks that are made from now on
  public static Networks open(Path stateDirectory, Path runDirectory, AddressPools pools) {
    var networks = new Networks(new Holdings(stateDirectory, runDirectory.toAbsolutePath()), pools);
    try {
      networks.restore();
      return networks;
    } catch (RuntimeException e) {
      networks.close();
      throw e;
    }
  }

  // The events of the rules that it makes come while it still makes them.
  private void restore() {
    locked(
        () -> {
          sandboxes.restore();
          return closed;
        });
  }

  /// Makes a network. Throws `CONFLICT` if the name or the subnet is taken (and says by whom),
  /// `INVALID` if the configuration contradicts itself.
  public Network create(NetworkConfig config) {
    return locked(
        () -> {
          Admission.checkName(config.name());
          return make(config);
        });
  }

  private Network make(NetworkConfig config) {
    Admission.check(config, holdings.networks().values());
    String id = HexFormat.of().formatHex(randomBytes());
    String link = link(config, id);
    boolean own = ownsLink(config, link);
    Instant now = Clock.systemUTC().instant();
    var network = new Network(id, config, link, own, subnets(config), now);
    holdings.add(network);
    try {
      holdings.wiring().makeLink(network);
      holdings.installFirewall();
      return network;
    } catch (RuntimeException e) {
      Cleanup.after(e).run(() -> holdings.remove(network));
      throw e;
    }
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  /// The interface of the host that the network is to be.
  private String link(NetworkConfig config, String id) {
    var options = DriverOptions.of(config);
    if (config.driver().equals(NetworkConfig.BRIDGE)) {
      String name = options.bridgeName().orElse("dv-" + id.substring(0, 12));
      if (Rtnetlink.find(holdings.wiring().netlink(), name).isPresent()) {
        throw new DavitException(
            Kind.CONFLICT,
            "interface \"%s\" exists already, network \"%s\" cannot be its bridge"
                .formatted(name, config.name()),
            "give the network another com.docker.network.bridge.name");
      }
      return name;
    }
    return options
        .parent()
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.INVALID,
                    "network \"%s\" of driver \"%s\" has no parent"
                        .formatted(config.name(), config.driver()),
                    "add the option parent with the name of an interface that \"ip link\" lists"));
  }

  private boolean ownsLink(NetworkConfig config, String link) {
    return config.driver().equals(NetworkConfig.BRIDGE)
        || Rtnetlink.find(holdings.wiring().netlink(), link).isEmpty();
  }

  private List<Subnet> subnets(NetworkConfig config) {
    var subnets = new ArrayList<Subnet>();
    if (config.ipv4()) {
      subnets.add(subnet(config, false));
    }
    if (config.ipv6()) {
      subnets.add(subnet(config, true));
    }
    config.ipam().stream()
        .filter(given -> subnets.stream().noneMatch(it -> it.equals(given)))
        .findFirst()
        .ifPresent(
            left -> {
              throw new DavitException(
                      Kind.INVALID,
                      "subnet \"%s\" of network \"%s\" is one too many"
                          .formatted(left.subnet(), config.name()),
                      "a network has at most one IPv4 and one IPv6 subnet, as enable_ipv4 and"
                          + " enable_ipv6 say")
                  .about(Culprit.of(Part.SUBNET));
            });
    return subnets;
  }

  private Subnet subnet(NetworkConfig config, boolean six) {
    var held = new ArrayList<Held>();
    for (Network network : holdings.networks().values()) {
      for (Subnet taken : network.subnets()) {
        held.add(new Held(taken.subnet(), "network \"" + network.name() + '"', true));
      }
    }
    List<Subnet> given =
        config.ipam().stream().filter(each -> each.subnet().isIpv6() == six).toList();
    // Containers of macvlan and ipvlan are in the subnet that their parent is in.
    if (config.driver().equals(NetworkConfig.BRIDGE)) {
      held.addAll(Host.held(holdings.wiring().netlink()));
    }
    if (given.isEmpty()) {
      held.addAll(Upstream.held());
      return six ? Ipam.chooseIpv6Subnet(holdings.site(), held) : Ipam.chooseSubnet(pools, held);
    }
    Subnet subnet = given.getFirst();
    try {
      Ipam.checkSubnet(subnet, held);
    } catch (DavitException e) {
      throw e.about(Culprit.of(Part.SUBNET));
    }
    return subnet;
  }

  /// Removes a network. Throws `NOT_FOUND`, or `CONFLICT` naming the containers that are on it.
  public void remove(String idOrName) {
    locked(
        () -> {
          Network network = require(idOrName);
          List<String> on = holdings.placing().on(network.id());
          if (!on.isEmpty()) {
            throw new DavitException(
                Kind.CONFLICT,
                "network \"%s\" is in use by container \"%s\""
                    .formatted(network.name(), String.join("\", \"", on)),
                "stop or disconnect what is on it");
          }
          holdings.remove(network);
          return network;
        });
  }

  /// The network with that name, id or unambiguous beginning of an id (4 digits or more).
  public Optional<Network> find(String idOrName) {
    var all = holdings.networks().values();
    List<Network> begin = all.stream().filter(n -> n.id().startsWith(idOrName)).toList();
    boolean clear = begin.size() == 1 && idOrName.length() >= SHORTEST_ID;
    return all.stream()
        .filter(network -> network.name().equals(idOrName))
        .findFirst()
        .or(() -> clear ? Optional.of(begin.getFirst()) : Optional.empty());
  }

  /// All networks, by name.
  public List<Network> list() {
    return holdings.networks().values().stream()
        .sorted(Comparator.comparing(Network::name))
        .toList();
  }

  /// Makes a namespace with loopback, interfaces, addresses, routes, DNS and published ports; on an
  /// error everything is undone. Throws `CONFLICT` where an address or a port is taken (and says by
  /// whom), `NOT_FOUND` for an unknown network.
  public Sandbox createSandbox(SandboxConfig config) {
    if (!config.id().matches(NAME)) {
      throw new DavitException(Kind.INVALID, "container id \"" + config.id() + '"');
    }
    return locked(() -> sandboxes.create(config, this::requireOrMake));
  }

  /// The living namespace of that container.
  public Optional<Sandbox> sandbox(String id) {
    return holdings.sandbox(id).map(state -> state.toSandbox(holdings.netns(id)));
  }

  /// Whether its namespace is still mounted where [#sandbox] says.
  public boolean isMounted(String id) {
    return Namespace.isThere(holdings.netns(id));
  }

  /// Lets a container be found by `name` in place of the name that it had. Does nothing if it has
  /// no namespace: it gets its name when it gets one.
  public void rename(String sandboxId, String name) {
    locked(
        () -> {
          holdings.sandbox(sandboxId).ifPresent(before -> holdings.put(before.withName(name)));
          return name;
        });
  }

  /// Removes a namespace with all that is in it; does nothing if there is none.
  public void removeSandbox(String id) {
    Optional<SandboxState> found =
        locked(
            () -> {
              Optional<SandboxState> state = holdings.sandbox(id).or(() -> homeless(id));
              state.ifPresent(sandboxes::retire);
              return state;
            });
    // Others go on, or leave at the same time.
    found.ifPresent(sandboxes::dismantle);
    found.ifPresent(state -> locked(() -> forget(state)));
  }

  private Optional<SandboxState> homeless(String id) {
    return holdings.homeless().stream().filter(state -> state.id().equals(id)).findFirst();
  }

  /// The ids of all containers of which there is something here, also of such as live no more.
  public List<String> sandboxes() {
    return Stream.of(holdings.sandboxes(), holdings.homeless())
        .flatMap(Collection::stream)
        .map(SandboxState::id)
        .toList();
  }

  /// Puts back what somebody took away of the bridges, their addresses and the rules.
  public void mend() {
    locked(
        () -> {
          if (!holdings.networks().isEmpty()) {
            holdings.networks().values().forEach(holdings.wiring()::makeLink);
            holdings.installFirewall();
          }
          return closed;
        });
  }

  /// Brings back whatever is missing of the namespace of a container that runs: its mount, what is
  /// remembered of it, interfaces, addresses, DNS, ports. Returns whether something was.
  ///
  /// @param alive the namespace as its process has it, `/proc/PID/ns/net`
  public boolean mend(SandboxConfig config, Path alive) {
    return locked(() -> sandboxes.mend(config, alive, this::requireOrMake));
  }

  private boolean forget(SandboxState state) {
    holdings.forget(state);
    find(DEFAULT)
        .filter(network -> holdings.placing().on(network.id()).isEmpty())
        .ifPresent(holdings::remove);
    return true;
  }

  /// Adds an interface on a network to a living namespace. Throws as [#createSandbox], and
  /// `CONFLICT` if it is on that network already.
  public Endpoint connect(String sandboxId, EndpointConfig config) {
    return locked(
        () ->
            sandboxes.connect(requireSandbox(sandboxId), requireOrMake(config.network()), config));
  }

  /// Takes the interface on that network away. Throws `NOT_FOUND` if there is none.
  public void disconnect(String sandboxId, String network) {
    locked(
        () -> {
          sandboxes.disconnect(requireSandbox(sandboxId), require(network));
          return network;
        });
  }

  /// What `host.docker.internal` means in that namespace: the gateways of the networks that have
  /// the default routes, none where the host is on none of them.
  public List<Ip> hostGateways(Sandbox sandbox) {
    return holdings.sandbox(sandbox.id()).map(SandboxState::hostAddresses).orElse(List.of());
  }

  /// Stops DNS and lets go of the ports; networks and namespaces stay as they are.
  @Override
  public void close() {
    locked(
        () -> {
          if (!closed) {
            closed = true;
            ruleEvents.close();
            sandboxes.close();
            holdings.close();
          }
          return closed;
        });
  }

  // The network of network_mode: bridge is there while a container is on it.
  private Network requireOrMake(String idOrName) {
    return idOrName.equals(DEFAULT) && find(DEFAULT).isEmpty()
        ? make(NetworkConfig.bridge(DEFAULT))
        : require(idOrName);
  }

  private Network require(String idOrName) {
    return find(idOrName).orElseThrow(() -> holdings.aside().missing("network", idOrName, null));
  }

  private SandboxState requireSandbox(String id) {
    return holdings
        .sandbox(id)
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.NOT_FOUND,
                    "network namespace of container \"" + id + "\" does not exist"));
  }

  private <T> T locked(Supplier<T> code) {
    lock.lock();
    try {
      return code.get();
    } finally {
      lock.unlock();
    }
  }
}
