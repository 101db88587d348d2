package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// The life of sandboxes: made, changed, removed, taken over. One thread at a time.
final class Sandboxes {
  private static final System.Logger LOG = System.getLogger(Sandboxes.class.getName());

  private final Holdings holdings;
  private final Publishing ports;

  Sandboxes(Holdings holdings) {
    this.holdings = holdings;
    this.ports = new Publishing(holdings);
  }

  /// @param networks by id or name
  Sandbox create(SandboxConfig config, Function<String, Network> networks) {
    if (holdings.sandbox(config.id()).isPresent()) {
      throw new DavitException(
          Kind.CONFLICT, "network namespace of container \"" + config.id() + "\" exists already");
    }
    // What an earlier engine had of it is not mounted any more.
    homeless(config.id()).ifPresent(this::remove);
    SandboxState planned = ports.take(place(config, networks));
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
    SandboxState state = SandboxState.planned(config);
    for (EndpointConfig endpoint : Derivation.inOrder(config)) {
      Network network = networks.apply(endpoint.network());
      state = state.withMore(holdings.placing().place(state, network, endpoint));
    }
    return state;
  }

  private void build(SandboxState state) {
    boolean withDns = !state.attachments().isEmpty();
    try (var namespace = Namespace.create(holdings.netns(state.id()), withDns)) {
      serve(state, namespace);
      holdings.wiring().plug(namespace, state.attachments(), holdings.networks());
      hairpin(state);
      holdings.wiring().route(namespace, state, holdings.networks());
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
    new Cleanup().run(() -> retire(state)).run(() -> dismantle(state)).end();
    holdings.forget(state);
  }

  /// From now on nobody finds or reaches it.
  void retire(SandboxState state) {
    holdings.resolver().stop(state.id());
    holdings.hide(state);
    letGo(state);
  }

  /// Removes what a retired one has of the kernel, which takes its time; safe for many threads.
  void dismantle(SandboxState state) {
    List<String> links =
        state.attachments().stream().filter(Attachment::bridged).map(Attachment::hostLink).toList();
    new Cleanup()
        .run(() -> holdings.unplugging().remove(links))
        .run(() -> Namespace.remove(holdings.netns(state.id())))
        .end();
  }

  private void letGo(SandboxState state) {
    try {
      holdings.forward(Holdings.forwards(state), List.of());
    } finally {
      ports.release(state.id());
    }
  }

  Endpoint connect(SandboxState before, Network network, EndpointConfig config) {
    Attachment attachment = holdings.placing().place(before, network, config);
    SandboxState after = publish(before, before.withMore(attachment));
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
            .run(() -> holdings.wiring().unplug(namespace, attachment))
            .run(() -> holdings.put(before))
            .run(() -> reroute(after, before, namespace))
            .run(() -> unpublish(before));
        throw e;
      }
    }
    return attachment.endpoint();
  }

  // What was created on internal networks only has its ports once there is a way out.
  private SandboxState publish(SandboxState before, SandboxState after) {
    boolean due = before.ports().isEmpty() && !after.waysOut().isEmpty();
    return due ? ports.take(after) : after;
  }

  // Ports that were taken for a way out that there is none of now.
  private void unpublish(SandboxState state) {
    if (state.ports().isEmpty()) {
      ports.release(state.id());
    }
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
      holdings.wiring().unplug(namespace, attachment);
      reroute(before, after, namespace);
    }
  }

  /// Brings default routes and ports to the networks that have them now.
  private void reroute(SandboxState before, SandboxState after, Namespace namespace) {
    if (!before.waysOut().equals(after.waysOut())) {
      holdings.wiring().route(namespace, after, holdings.networks());
    }
    holdings.forward(Holdings.forwards(before), Holdings.forwards(after));
  }

  private Optional<SandboxState> homeless(String id) {
    return holdings.homeless().stream().filter(state -> state.id().equals(id)).findFirst();
  }

  /// Brings back whatever is missing of the sandbox of a container that runs, also what is
  /// remembered of it; returns whether something was missing.
  ///
  /// @param alive the namespace as its process has it
  /// @param networks by id or name
  boolean mend(SandboxConfig config, Path alive, Function<String, Network> networks) {
    Path netns = holdings.netns(config.id());
    boolean mended = !Namespace.isThere(netns);
    if (mended) {
      Namespace.mount(alive, netns);
    }
    Optional<SandboxState> known = holdings.sandbox(config.id());
    if (known.isPresent()) {
      return mend(known.get()) || mended;
    }
    SandboxState state =
        homeless(config.id()).orElseGet(() -> withPortsIfFree(derived(config, netns, networks)));
    holdings.put(state);
    mend(state);
    holdings.forward(List.of(), Holdings.forwards(state));
    return true;
  }

  private SandboxState derived(
      SandboxConfig config, Path netns, Function<String, Network> networks) {
    try (var namespace = Namespace.enter(netns, false)) {
      return new Derivation(holdings.placing(), networks).of(config, namespace);
    }
  }

  // It runs, and is not to lose its network for a port.
  private SandboxState withPortsIfFree(SandboxState state) {
    try {
      return ports.take(state);
    } catch (DavitException e) {
      LOG.log(System.Logger.Level.WARNING, "ports of container {0}: {1}", state.name(), e);
      return state;
    }
  }

  private boolean mend(SandboxState state) {
    boolean mended = ports.takeMissing(state);
    boolean withDns = !state.attachments().isEmpty() && !holdings.resolver().serves(state.id());
    try (var namespace = Namespace.enter(holdings.netns(state.id()), withDns)) {
      serve(state, namespace);
      if (holdings.wiring().mend(namespace, state.attachments(), holdings.networks())) {
        hairpin(state);
        holdings.wiring().route(namespace, state, holdings.networks());
        mended = true;
      }
    }
    return mended || withDns;
  }

  /// Brings back what ended with the engine before, and removes what it left half made. Those whose
  /// namespaces are not mounted are left until their containers are known.
  void restore() {
    for (Network network : holdings.networks().values()) {
      try {
        holdings.wiring().makeLink(network);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "network " + network.name(), e);
      }
    }
    for (SandboxState state : List.copyOf(holdings.sandboxes())) {
      if (!state.complete()) {
        remove(state);
      } else if (!Namespace.isThere(holdings.netns(state.id()))) {
        holdings.lose(state);
      }
    }
    removeLeftovers();
    holdings.removeStrangeBridges();
    holdings.installFirewall();
    // Nobody shall find a port free meanwhile, or a name unknown.
    each(ports::takeAgain);
    holdings.announce();
    each(this::takeOver);
  }

  private void each(Consumer<SandboxState> step) {
    for (SandboxState state : List.copyOf(holdings.sandboxes())) {
      try {
        step.accept(state);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "network of container " + state.name(), e);
      }
    }
  }

  private void takeOver(SandboxState state) {
    boolean withDns = !state.attachments().isEmpty();
    try (var namespace = Namespace.enter(holdings.netns(state.id()), withDns)) {
      serve(state, namespace);
      holdings.wiring().mend(namespace, state.attachments(), holdings.networks());
      hairpin(state);
      holdings.wiring().route(namespace, state, holdings.networks());
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
    ports.close();
  }
}
