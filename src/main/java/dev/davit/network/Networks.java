package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Every network and every container's network namespace of this engine. All methods may be called
/// by any thread; everything they make outlives this object and the engine, but for DNS and the
/// sockets that hold published ports, which [#open] brings back.
public final class Networks implements AutoCloseable {
  private Networks() {}

  /// Takes over what an earlier engine left: networks from the state directory, living namespaces
  /// from the run directory. What is missing is made again, what is left over is removed.
  ///
  /// @param stateDirectory kept over reboots
  /// @param runDirectory gone after a reboot; namespaces are mounted at `netns/ID` below it
  public static Networks open(Path stateDirectory, Path runDirectory) {
    return new Networks();
  }

  /// Makes a network. Throws `CONFLICT` if the name or the subnet is taken (and says by whom),
  /// `INVALID` if the configuration contradicts itself.
  public Network create(NetworkConfig config) {
    return pending();
  }

  /// Removes a network. Throws `NOT_FOUND`, or `CONFLICT` naming the containers that are on it.
  public void remove(String idOrName) {
    pending();
  }

  /// The network with that name, id or unambiguous beginning of an id (4 digits or more).
  public Optional<Network> find(String idOrName) {
    return pending();
  }

  /// All networks, by name.
  public List<Network> list() {
    return pending();
  }

  /// Makes a namespace with loopback, interfaces, addresses, routes, DNS and published ports; on an
  /// error everything is undone. Throws `CONFLICT` where an address or a port is taken (and says by
  /// whom), `NOT_FOUND` for an unknown network.
  public Sandbox createSandbox(SandboxConfig config) {
    return pending();
  }

  /// The living namespace of that container.
  public Optional<Sandbox> sandbox(String id) {
    return pending();
  }

  /// Removes a namespace with all that is in it; does nothing if there is none.
  public void removeSandbox(String id) {
    pending();
  }

  /// Adds an interface on a network to a living namespace. Throws as [#createSandbox], and
  /// `CONFLICT` if it is on that network already.
  public Endpoint connect(String sandboxId, EndpointConfig config) {
    return pending();
  }

  /// Takes the interface on that network away. Throws `NOT_FOUND` if there is none.
  public void disconnect(String sandboxId, String network) {
    pending();
  }

  /// What `host.docker.internal` means in that namespace: the gateway of the network that has the
  /// default route, empty where none has.
  public Optional<Ipv4> hostGateway(Sandbox sandbox) {
    return pending();
  }

  /// Stops DNS and lets go of the ports; networks and namespaces stay as they are.
  @Override
  public void close() {}

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private <T> T pending() {
    throw new DavitException(Kind.UNSUPPORTED, "networks are not there yet");
  }
}
