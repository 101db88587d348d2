package dev.davit.network;

import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import dev.davit.netlink.Message;
import dev.davit.netlink.Netlink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What this engine has of networks and sandboxes, on disk and in memory, and the sockets by which
/// it changes them. Changes are made by one thread at a time.
final class Holdings implements AutoCloseable {
  private static final String USUAL_RUN_DIRECTORY = "/run/davit";

  private final Path run;
  private final State<Network> networkFiles;
  private final State<SandboxState> sandboxFiles;
  private final Map<String, Network> networks = new ConcurrentHashMap<>();
  private final Map<String, SandboxState> sandboxes = new ConcurrentHashMap<>();
  private final Netlink netfilter = Netlink.netfilter();
  private final Wiring wiring = new Wiring(Netlink.route());
  private final Resolver resolver = new Resolver();
  private final Firewall firewall;

  Holdings(Path state, Path run) {
    this.run = run;
    networkFiles = new State<>(state.resolve("networks"), Network.class, true);
    sandboxFiles = new State<>(run.resolve("sandboxes"), SandboxState.class, false);
    firewall = new Firewall(table(run));
    networkFiles.load().forEach(network -> networks.put(network.id(), network));
    sandboxFiles.load().forEach(sandbox -> sandboxes.put(sandbox.id(), sandbox));
  }

  /// `davit`, or a name of its own for an engine that does not run at the usual place.
  static String table(Path run) {
    return run.equals(Path.of(USUAL_RUN_DIRECTORY))
        ? "davit"
        : "davit-" + Placing.hash(run.toString()).substring(0, 8);
  }

  Map<String, Network> networks() {
    return networks;
  }

  Collection<SandboxState> sandboxes() {
    return sandboxes.values();
  }

  Optional<SandboxState> sandbox(String id) {
    return Optional.ofNullable(sandboxes.get(id));
  }

  Placing placing() {
    return new Placing(sandboxes.values());
  }

  Wiring wiring() {
    return wiring;
  }

  Resolver resolver() {
    return resolver;
  }

  Path netnsDirectory() {
    return run.resolve("netns");
  }

  Path netns(String sandboxId) {
    return netnsDirectory().resolve(sandboxId);
  }

  void add(Network network) {
    networkFiles.save(network.id(), network);
    networks.put(network.id(), network);
  }

  void remove(Network network) {
    networks.remove(network.id());
    new Cleanup()
        .run(this::installFirewall)
        .run(() -> wiring.removeBridge(network))
        .run(() -> networkFiles.delete(network.id()))
        .end();
  }

  /// Remembers `sandbox` in place of what was known of it, and lets the others know its names.
  void put(SandboxState sandbox) {
    sandboxFiles.save(sandbox.id(), sandbox);
    sandboxes.put(sandbox.id(), sandbox);
    resolver.change(sandbox.id(), Asker.of(sandbox));
    resolver.names(Names.of(sandboxes.values()));
  }

  /// From now on the sandbox is none; its file goes last, by [#forget].
  void hide(SandboxState sandbox) {
    sandboxes.remove(sandbox.id());
    resolver.names(Names.of(sandboxes.values()));
  }

  void forget(SandboxState sandbox) {
    sandboxFiles.delete(sandbox.id());
  }

  /// Puts all rules in place, or takes the table away if there is no network.
  void installFirewall() {
    List<Firewall.Forward> forwards =
        sandboxes.values().stream().flatMap(each -> forwards(each).stream()).toList();
    netfilter.commit(
        networks.isEmpty() ? firewall.uninstall() : firewall.install(networks.values(), forwards));
  }

  /// Where the ports of a sandbox lead.
  static List<Firewall.Forward> forwards(SandboxState sandbox) {
    return sandbox.gateway().stream()
        .map(gateway -> gateway.endpoint().address())
        .flatMap(to -> sandbox.ports().stream().map(port -> new Firewall.Forward(port, to)))
        .toList();
  }

  /// Replaces the ports of `before` by those of `after`, both as remembered by now.
  void forward(List<Firewall.Forward> before, List<Firewall.Forward> after) {
    if (before.equals(after)) {
      return;
    }
    var messages = new ArrayList<Message>(firewall.delete(before));
    messages.addAll(firewall.add(after));
    try {
      netfilter.commit(messages);
    } catch (SyscallException e) {
      if (e.errno() != Errno.ENOENT && e.errno() != Errno.EEXIST) {
        throw e;
      }
      installFirewall(); // Somebody flushed the rules.
    }
  }

  @Override
  public void close() {
    resolver.close();
    netfilter.close();
    wiring.netlink().close();
  }
}
