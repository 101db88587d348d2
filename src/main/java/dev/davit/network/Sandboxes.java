package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The life of sandboxes: made, changed, removed, taken over. One thread at a time.
final class Sandboxes {
  private static final System.Logger LOG = System.getLogger(Sandboxes.class.getName());

  private final Holdings holdings;
  private final Map<String, List<HeldPort>> ports = new HashMap<>();

  Sandboxes(Holdings holdings) {
    this.holdings = holdings;
  }

  /// @param networks by id or name
  Sandbox create(SandboxConfig config, Function<String, Network> networks) {
    if (holdings.sandbox(config.id()).isPresent()) {
      throw new DavitException(
          Kind.CONFLICT, "network namespace of container \"" + config.id() + "\" exists already");
    }
    SandboxState placed = place(config, networks);
    SandboxState planned = placed.gateway().isPresent() ? withPorts(placed, config) : placed;
    try {
      holdings.put(planned);
      build(planned);
      SandboxState whole = planned.completed();
      holdings.put(whole);
      return whole.toSandbox(holdings.netns(whole.id()));
    } catch (RuntimeException e) {
      Cleanup.after(e).run(() -> remove(planned));
      throw e;
    }
  }

  private SandboxState place(SandboxConfig config, Function<String, Network> networks) {
    var state =
        new SandboxState(config.id(), config.name(), false, config.dns(), List.of(), List.of());
    var inOrder =
        config.endpoints().stream()
            .sorted(Comparator.comparingInt(EndpointConfig::priority).reversed())
            .toList();
    for (EndpointConfig endpoint : inOrder) {
      Network network = networks.apply(endpoint.network());
      state = state.withMore(holdings.placing().place(state, network, endpoint));
    }
    return state;
  }

  private SandboxState withPorts(SandboxState state, SandboxConfig config) {
    var held = new ArrayList<HeldPort>();
    try {
      for (PortBinding binding : config.ports()) {
        held.add(HeldPort.take(binding, port -> holder(port, held, config.name())));
      }
    } catch (RuntimeException e) {
      held.forEach(HeldPort::close);
      throw e;
    }
    ports.put(state.id(), held);
    return state.withPorts(held.stream().map(HeldPort::port).toList());
  }

  /// Who has `port`: a container, this one included, or a process.
  private String holder(PublishedPort port, List<HeldPort> own, String name) {
    Stream<String> others =
        ports.entrySet().stream()
            .filter(entry -> entry.getValue().stream().anyMatch(held -> held.blocks(port)))
            .flatMap(entry -> holdings.sandbox(entry.getKey()).stream())
            .map(SandboxState::name);
    Stream<String> self =
        own.stream().anyMatch(held -> held.blocks(port)) ? Stream.of(name) : Stream.empty();
    return Stream.concat(others, self)
        .findFirst()
        .map(container -> "container \"" + container + '"')
        .orElseGet(() -> PortHolder.of(port));
  }

  private void build(SandboxState state) {
    boolean withDns = !state.attachments().isEmpty();
    try (var namespace = Namespace.create(holdings.netns(state.id()), withDns)) {
      serve(state, namespace);
      holdings.wiring().plug(namespace, state.attachments(), holdings.networks());
      hairpin(state);
      state.gateway().ifPresent(gateway -> holdings.wiring().route(namespace, gateway));
      holdings.forward(List.of(), Holdings.forwards(state));
    }
  }

  private void hairpin(SandboxState state) {
    if (!state.ports().isEmpty()) {
      holdings.wiring().hairpin(state.attachments());
    }
  }

  private void serve(SandboxState state, Namespace namespace) {
    namespace
        .dns()
        .forEach(sockets -> holdings.resolver().serve(state.id(), sockets, Asker.of(state)));
  }

  /// Removes all of `state`, whatever of it there is.
  void remove(SandboxState state) {
    holdings.resolver().stop(state.id());
    holdings.hide(state);
    new Cleanup()
        .run(() -> letGo(state))
        .run(() -> holdings.wiring().unplug(state.attachments()))
        .run(() -> Namespace.remove(holdings.netns(state.id())))
        .run(() -> holdings.forget(state))
        .end();
  }

  private void letGo(SandboxState state) {
    try {
      holdings.forward(Holdings.forwards(state), List.of());
    } finally {
      Optional.ofNullable(ports.remove(state.id()))
          .ifPresent(held -> held.forEach(HeldPort::close));
    }
  }

  Endpoint connect(SandboxState before, Network network, EndpointConfig config) {
    Attachment attachment = holdings.placing().place(before, network, config);
    SandboxState after = before.withMore(attachment);
    boolean withDns = !holdings.resolver().serves(before.id());
    try (var namespace = Namespace.enter(holdings.netns(before.id()), withDns)) {
      try {
        serve(after, namespace);
        holdings.put(after);
        holdings.wiring().plug(namespace, List.of(attachment), holdings.networks());
        hairpin(after);
        reroute(before, after, namespace);
      } catch (RuntimeException e) {
        Cleanup.after(e)
            .run(() -> holdings.wiring().unplug(List.of(attachment)))
            .run(() -> holdings.put(before))
            .run(() -> reroute(after, before, namespace));
        throw e;
      }
    }
    return attachment.endpoint();
  }

  void disconnect(SandboxState before, Network network) {
    Attachment attachment =
        before
            .on(network.id())
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND,
                        "container \"%s\" is not on network \"%s\""
                            .formatted(before.name(), network.name())));
    SandboxState after =
        before.with(before.attachments().stream().filter(a -> !a.equals(attachment)).toList());
    try (var namespace = Namespace.enter(holdings.netns(before.id()), false)) {
      holdings.put(after);
      holdings.wiring().unplug(List.of(attachment));
      reroute(before, after, namespace);
    }
  }

  /// Brings default route and ports to the network that has them now.
  private void reroute(SandboxState before, SandboxState after, Namespace namespace) {
    if (!before.gateway().equals(after.gateway())) {
      after.gateway().ifPresent(gateway -> holdings.wiring().route(namespace, gateway));
      holdings.forward(Holdings.forwards(before), Holdings.forwards(after));
    }
  }

  /// Brings back what ended with the engine before, and removes what it left half made.
  void restore() {
    holdings.networks().values().forEach(network -> holdings.wiring().makeBridge(network));
    for (SandboxState state : List.copyOf(holdings.sandboxes())) {
      if (!state.complete() || !Namespace.isThere(holdings.netns(state.id()))) {
        remove(state);
      }
    }
    removeLeftovers();
    holdings.installFirewall();
    for (SandboxState state : List.copyOf(holdings.sandboxes())) {
      try {
        takeOver(state);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "network of container " + state.name(), e);
      }
    }
  }

  private void takeOver(SandboxState state) {
    ports.put(state.id(), state.ports().stream().flatMap(Sandboxes::retake).toList());
    holdings.put(state);
    boolean withDns = !state.attachments().isEmpty();
    try (var namespace = Namespace.enter(holdings.netns(state.id()), withDns)) {
      serve(state, namespace);
      holdings.wiring().mend(namespace, state.attachments(), holdings.networks());
      hairpin(state);
      state.gateway().ifPresent(gateway -> holdings.wiring().route(namespace, gateway));
    }
  }

  private static Stream<HeldPort> retake(PublishedPort port) {
    try {
      return Stream.of(HeldPort.retake(port));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "port {0} cannot be held: {1}", port.print(), e);
      return Stream.empty();
    }
  }

  private void removeLeftovers() {
    try {
      Files.createDirectories(holdings.netnsDirectory());
      try (Stream<Path> mounts = Files.list(holdings.netnsDirectory())) {
        mounts
            .filter(path -> holdings.sandbox(path.getFileName().toString()).isEmpty())
            .toList()
            .forEach(Namespace::remove);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    ports.values().forEach(held -> held.forEach(HeldPort::close));
    ports.clear();
  }
}
