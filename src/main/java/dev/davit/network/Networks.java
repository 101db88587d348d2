package dev.davit.network;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Every network and every container's network namespace of this engine. All methods may be called
/// by any thread; everything they make outlives this object and the engine, but for DNS and the
/// sockets that hold published ports, which [#open] brings back.
public final class Networks implements AutoCloseable {
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]*";
  private static final int SHORTEST_ID = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final SecureRandom random = new SecureRandom();
  private final Holdings holdings;
  private final Sandboxes sandboxes;

  private Networks(Holdings holdings) {
    this.holdings = holdings;
    sandboxes = new Sandboxes(holdings);
  }

  /// Takes over what an earlier engine left: networks from the state directory, living namespaces
  /// from the run directory. What is missing is made again, what is left over is removed.
  ///
  /// @param stateDirectory kept over reboots
  /// @param runDirectory gone after a reboot; namespaces are mounted at `netns/ID` below it
  public static Networks open(Path stateDirectory, Path runDirectory) {
    var networks = new Networks(new Holdings(stateDirectory, runDirectory.toAbsolutePath()));
    try {
      networks.sandboxes.restore();
      return networks;
    } catch (RuntimeException e) {
      networks.close();
      throw e;
    }
  }

  /// Makes a network. Throws `CONFLICT` if the name or the subnet is taken (and says by whom),
  /// `INVALID` if the configuration contradicts itself.
  public Network create(NetworkConfig config) {
    return locked(
        () -> {
          check(config);
          Subnet subnet = subnet(config);
          String id = HexFormat.of().formatHex(randomBytes());
          var network =
              new Network(
                  id,
                  config,
                  "dv-" + id.substring(0, 12),
                  subnet.subnet(),
                  Ipam.gateway(subnet),
                  Clock.systemUTC().instant());
          holdings.add(network);
          try {
            holdings.wiring().makeBridge(network);
            holdings.installFirewall();
            return network;
          } catch (RuntimeException e) {
            Cleanup.after(e).run(() -> holdings.remove(network));
            throw e;
          }
        });
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return bytes;
  }

  private void check(NetworkConfig config) {
    if (!config.name().matches(NAME)) {
      throw new DavitException(
          Kind.INVALID,
          "network name \"" + config.name() + "\" is not possible",
          "use letters, digits, \"_\", \".\" and \"-\"");
    }
    if (!config.driver().equals("bridge")) {
      throw new DavitException(
              Kind.UNSUPPORTED,
              "driver \"%s\" of network \"%s\" is not supported"
                  .formatted(config.driver(), config.name()),
              "use the driver \"bridge\"")
          .about(Culprit.of(Part.DRIVER));
    }
    if (config.ipam().size() > 1) {
      throw new DavitException(
          Kind.UNSUPPORTED, "network \"" + config.name() + "\" has more than one IPv4 subnet");
    }
    Wiring.check(config);
    if (holdings.networks().values().stream().anyMatch(n -> n.name().equals(config.name()))) {
      throw new DavitException(Kind.CONFLICT, "network \"" + config.name() + "\" exists already");
    }
  }

  private Subnet subnet(NetworkConfig config) {
    var held = new ArrayList<Held>();
    holdings
        .networks()
        .values()
        .forEach(n -> held.add(new Held(n.subnet(), "network \"" + n.name() + '"', true)));
    held.addAll(Host.held(holdings.wiring().netlink()));
    if (config.ipam().isEmpty()) {
      return Ipam.chooseSubnet(held);
    }
    Subnet subnet = config.ipam().getFirst();
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
    return locked(() -> sandboxes.create(config, this::require));
  }

  /// The living namespace of that container.
  public Optional<Sandbox> sandbox(String id) {
    return holdings.sandbox(id).map(state -> state.toSandbox(holdings.netns(id)));
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
    locked(
        () -> {
          holdings.sandbox(id).ifPresent(sandboxes::remove);
          return id;
        });
  }

  /// Adds an interface on a network to a living namespace. Throws as [#createSandbox], and
  /// `CONFLICT` if it is on that network already.
  public Endpoint connect(String sandboxId, EndpointConfig config) {
    return locked(
        () -> sandboxes.connect(requireSandbox(sandboxId), require(config.network()), config));
  }

  /// Takes the interface on that network away. Throws `NOT_FOUND` if there is none.
  public void disconnect(String sandboxId, String network) {
    locked(
        () -> {
          sandboxes.disconnect(requireSandbox(sandboxId), require(network));
          return network;
        });
  }

  /// What `host.docker.internal` means in that namespace: the gateway of the network that has the
  /// default route, empty where none has.
  public Optional<Ipv4> hostGateway(Sandbox sandbox) {
    return holdings
        .sandbox(sandbox.id())
        .flatMap(SandboxState::gateway)
        .map(attachment -> attachment.endpoint().gateway());
  }

  /// Stops DNS and lets go of the ports; networks and namespaces stay as they are.
  @Override
  public void close() {
    locked(
        () -> {
          sandboxes.close();
          holdings.close();
          return true;
        });
  }

  private Network require(String idOrName) {
    return find(idOrName)
        .orElseThrow(
            () ->
                new DavitException(Kind.NOT_FOUND, "network \"" + idOrName + "\" does not exist"));
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
