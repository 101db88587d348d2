package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.network.EndpointConfig;
import dev.davit.network.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts containers on networks and takes them off, while they run or not: the definition always
/// changes, the network namespace if there is one. The caller holds the `verbs` of the container.
final class Connections {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final Means means;
  private final Neighbours neighbours;

  Connections(Means means, Neighbours neighbours) {
    this.means = means;
    this.neighbours = neighbours;
  }

  /// See [Containers#mend].
  List<String> mend(List<Life> lives) {
    means.networks().mend();
    return lives.stream().filter(this::isMended).map(Life::name).toList();
  }

  private boolean isMended(Life life) {
    try {
      return neighbours.mend(life);
    } catch (RuntimeException e) {
      LOG.warn("the network of container {} is not mended", life.name(), e);
      return false;
    }
  }

  Container connect(Life life, EndpointConfig endpoint) {
    requireOwnNetworks(life);
    Network network =
        means
            .networks()
            .find(endpoint.network())
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND, "network \"" + endpoint.network() + "\" does not exist"));
    List<EndpointConfig> before = life.config().network().endpoints();
    if (before.stream().anyMatch(leadsTo(network.name()))) {
      throw new DavitException(
          Kind.CONFLICT,
          "container \"%s\" is on network \"%s\" already".formatted(life.name(), network.name()));
    }
    whileItLives(life, () -> means.networks().connect(life.id(), endpoint));
    var after = new ArrayList<>(before);
    after.add(endpoint);
    return changed(life, after, network.name(), network.id(), "connect");
  }

  Container disconnect(Life life, String reference) {
    requireOwnNetworks(life);
    Optional<Network> network = means.networks().find(reference);
    String name = network.map(Network::name).orElse(reference);
    List<EndpointConfig> before = life.config().network().endpoints();
    List<EndpointConfig> after = before.stream().filter(leadsTo(name).negate()).toList();
    if (after.size() == before.size()) {
      throw new DavitException(
          Kind.NOT_FOUND, "container \"%s\" is not on network \"%s\"".formatted(life.name(), name));
    }
    if (network.isPresent()) {
      whileItLives(life, () -> means.networks().disconnect(life.id(), name));
    }
    return changed(life, after, name, network.map(Network::id).orElse(""), "disconnect");
  }

  // Its process may end at any moment, and its namespace with it.
  private void whileItLives(Life life, Runnable change) {
    try {
      if (means.networks().sandbox(life.id()).isPresent()) {
        change.run();
      }
    } catch (DavitException e) {
      if (means.networks().sandbox(life.id()).isPresent()) {
        throw e;
      }
    }
  }

  private static void requireOwnNetworks(Life life) {
    Networking.Mode mode = life.config().network().mode();
    if (mode != Networking.Mode.NETWORKS) {
      throw new DavitException(
          Kind.WRONG_STATE,
          switch (mode) {
            case HOST -> "container \"%s\" has the host's network".formatted(life.name());
            case CONTAINER ->
                "container \"%s\" has the network of another container".formatted(life.name());
            case NONE, NETWORKS -> "container \"%s\" has no network".formatted(life.name());
          },
          "create it with networks of its own");
    }
  }

  // An endpoint may name its network by its id.
  private Predicate<EndpointConfig> leadsTo(String name) {
    return endpoint ->
        means
            .networks()
            .find(endpoint.network())
            .map(Network::name)
            .orElse(endpoint.network())
            .equals(name);
  }

  private Container changed(
      Life life, List<EndpointConfig> endpoints, String name, String id, String action) {
    Networking network = life.config().network();
    life.network(network.withEndpoints(endpoints, network.ports()));
    neighbours.refresh(life);
    Container container = life.container();
    means
        .events()
        .publish(
            new Event(
                Event.Type.NETWORK,
                action,
                id,
                name,
                Map.of("container", life.id(), "name", name),
                Instant.now()));
    return container;
  }
}
