package dev.davit.network;

import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import dev.davit.netlink.Family;
import dev.davit.netlink.Message;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Nftables;
import dev.davit.netlink.Rtnetlink;
import dev.davit.netlink.Table;
import dev.davit.network.State.Kept;
import dev.davit.stored.Aside;
import dev.davit.stored.Form;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this engine has of networks and sandboxes, on disk and in memory, and the sockets by which
/// it changes them. Changes are made by one thread at a time.
final class Holdings implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Holdings.class.getName());
  private static final String USUAL_RUN_DIRECTORY = "/run/davit";

  private static final Form<Network> NETWORK = Form.of(Network.class, 1);
  private static final Form<SandboxState> SANDBOX = Form.of(SandboxState.class, 1);
  private static final Kept NETWORKS = new Kept("network", true);
  private static final Kept SANDBOXES = new Kept("network state of container", false);

  private final Path run;
  private final Aside aside;
  private final State<Network> networkFiles;
  private final State<SandboxState> sandboxFiles;
  private final Map<String, Network> networks = new ConcurrentHashMap<>();
  private final Map<String, SandboxState> sandboxes = new ConcurrentHashMap<>();
  private final Map<String, SandboxState> leaving = new ConcurrentHashMap<>();
  private final Map<String, SandboxState> homeless = new ConcurrentHashMap<>();
  private final Netlink netfilter = Netlink.netfilter();
  private final Wiring wiring = new Wiring(Netlink.route());
  private final Netlink removing = Netlink.route();
  private final Unplugging unplugging = new Unplugging(removing);
  private final Resolver resolver = new Resolver();
  private final Relays relays = new Relays(resolver);
  private final Firewall firewall;
  private final Firewall firewall6;
  private final Guard guard;
  private final Ipv6 site;
  private final Map<Table, Integer> rules = new HashMap<>();
  private List<Guard.Voice> voices = List.of();
  private boolean guarded = true;
  private final Passage passage;
  private boolean maybeIpv6Rules = Host.hasIpv6();

  Holdings(Path state, Path run) {
    this.run = run;
    aside = new Aside(state.toAbsolutePath().resolveSibling(""));
    networkFiles = new State<>(state.resolve("networks"), NETWORK, NETWORKS, aside);
    sandboxFiles = new State<>(run.resolve("sandboxes"), SANDBOX, SANDBOXES, aside);
    firewall = new Firewall(new Table(Family.IP, table(run)));
    firewall6 = new Firewall(new Table(Family.IP6, table(run)));
    guard = new Guard(new Table(Family.BRIDGE, table(run)));
    passage = new Passage(netfilter, table(run));
    site = Ipam.site(Host.machineId() + state.toAbsolutePath());
    networkFiles.load(Network::id).forEach(network -> networks.put(network.id(), network));
    sandboxFiles.load(SandboxState::id).forEach(sandbox -> sandboxes.put(sandbox.id(), sandbox));
  }

  /// `davit`, or a name of its own for an engine that does not run at the usual place.
  static String table(Path run) {
    return run.equals(Path.of(USUAL_RUN_DIRECTORY))
        ? "davit"
        : "davit-" + Placing.hash(run.toString()).substring(0, 8);
  }

  /// Where what cannot be read is.
  Aside aside() {
    return aside;
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

  /// Addresses of those that are leaving are still in the way.
  Placing placing() {
    return new Placing(
        Stream.of(sandboxes, leaving, homeless).flatMap(all -> all.values().stream()).toList());
  }

  /// Where IPv6 subnets are chosen from.
  Ipv6 site() {
    return site;
  }

  Unplugging unplugging() {
    return unplugging;
  }

  Wiring wiring() {
    return wiring;
  }

  Resolver resolver() {
    return resolver;
  }

  Relays relays() {
    return relays;
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
        .run(() -> wiring.removeLink(network))
        .run(() -> networkFiles.delete(network.id()))
        .end();
  }

  /// The sandboxes whose namespaces are not mounted any more. Whether they still live, only their
  /// containers can tell.
  Collection<SandboxState> homeless() {
    return homeless.values();
  }

  /// Its namespace is not mounted: nobody finds it until [#put].
  void lose(SandboxState sandbox) {
    homeless.put(sandbox.id(), sandbox);
    sandboxes.remove(sandbox.id());
  }

  /// Remembers `sandbox` in place of what was known of it, and lets the others know its names.
  void put(SandboxState sandbox) {
    sandboxFiles.save(sandbox.id(), sandbox);
    sandboxes.put(sandbox.id(), sandbox);
    homeless.remove(sandbox.id());
    keepVoices();
    resolver.change(sandbox.id(), Asker.of(sandbox));
    resolver.names(Names.of(sandboxes.values()));
  }

  /// Lets all sandboxes know the names of all; [#put] does so for a single one, in a time that
  /// grows with their number.
  void announce() {
    resolver.names(Names.of(sandboxes.values()));
  }

  /// From now on the sandbox is none, but its addresses are still taken, until [#forget].
  void hide(SandboxState sandbox) {
    leaving.put(sandbox.id(), sandbox);
    sandboxes.remove(sandbox.id());
    homeless.remove(sandbox.id());
    keepVoices();
    resolver.names(Names.of(sandboxes.values()));
  }

  void forget(SandboxState sandbox) {
    sandboxFiles.delete(sandbox.id());
    leaving.remove(sandbox.id());
  }

  /// Puts the rules back that somebody else took away, and opens the way past those of others.
  void mendFirewall() {
    for (Table table : rules.keySet()) {
      if (Nftables.rules(netfilter, table).size() != rules.get(table)) {
        LOG.log(System.Logger.Level.WARNING, "the rules of table {0} are put back", table);
        installFirewall();
        return;
      }
    }
    passage.open(bridges());
  }

  /// Removes the bridges of networks that nobody knows any more: the rules still name them.
  void removeStrangeBridges() {
    var strange = new TreeSet<>(firewall.bridges(netfilter));
    strange.addAll(firewall6.bridges(netfilter));
    strange.removeAll(bridges());
    for (String bridge : strange) {
      LOG.log(System.Logger.Level.WARNING, "bridge {0} is of no network and removed", bridge);
      wiring.netlink().send(List.of(Rtnetlink.deleteLink(bridge)), Errno.ENODEV);
    }
  }

  private Set<String> bridges() {
    return networks.values().stream()
        .filter(Network::isBridge)
        .map(Network::bridge)
        .collect(Collectors.toSet());
  }

  /// Puts all rules in place, or takes the tables away if there is no network for them.
  void installFirewall() {
    List<Network> bridges = networks.values().stream().filter(Network::isBridge).toList();
    List<Firewall.Forward> forwards =
        sandboxes.values().stream().flatMap(each -> forwards(each).stream()).toList();
    install(firewall, bridges, forwards);
    List<Network> six = bridges.stream().filter(it -> it.ipv6().isPresent()).toList();
    if (!six.isEmpty() || maybeIpv6Rules) {
      install(firewall6, six, forwards);
      maybeIpv6Rules = !six.isEmpty();
    }
    installGuard(bridges.isEmpty());
    passage.open(bridges());
  }

  private void install(Firewall family, List<Network> of, List<Firewall.Forward> forwards) {
    install(family.table(), of.isEmpty() ? family.uninstall() : family.install(of, forwards));
  }

  private void install(Table table, List<Message> messages) {
    netfilter.commit(messages);
    rules.put(table, (int) messages.stream().filter(Nftables::addsRule).count());
  }

  private void installGuard(boolean idle) {
    voices = idle ? List.of() : voicesNow();
    try {
      if (guarded) {
        install(guard.table(), idle ? guard.uninstall() : guard.install(voices));
      }
    } catch (SyscallException e) {
      if (e.errno() != Errno.EAFNOSUPPORT && e.errno() != Errno.EOPNOTSUPP) {
        throw e;
      }
      guarded = false;
      LOG.log(
          System.Logger.Level.WARNING,
          "this kernel has no nf_tables for bridges: a container can speak as its neighbours");
    }
  }

  /// Who may speak as whom on the bridges by now.
  private List<Guard.Voice> voicesNow() {
    var hosts =
        networks.values().stream()
            .filter(Network::isBridge)
            .map(
                network ->
                    new Guard.Voice(
                        "",
                        Wiring.mac(network.subnets().getFirst().host()),
                        network.subnets().stream().map(Subnet::host).toList()));
    var containers =
        sandboxes.values().stream()
            .flatMap(sandbox -> sandbox.attachments().stream())
            .filter(Attachment::bridged)
            .map(
                at ->
                    new Guard.Voice(at.hostLink(), at.endpoint().mac(), at.endpoint().addresses()));
    return Stream.concat(hosts, containers).toList();
  }

  private void keepVoices() {
    List<Guard.Voice> before = voices;
    voices = voicesNow();
    // Without a rule there is no table: it is put in place as a whole, with the first network.
    if (guarded && rules.getOrDefault(guard.table(), 0) > 0) {
      commit(guard.change(before, voices));
    }
  }

  /// Where the ports of a sandbox lead.
  static List<Firewall.Forward> forwards(SandboxState sandbox) {
    var forwards = new ArrayList<Firewall.Forward>();
    for (Endpoint.Place way : sandbox.waysOut()) {
      sandbox.ports().stream()
          .filter(port -> port.isIpv6() == way.address().isIpv6())
          .forEach(port -> forwards.add(new Firewall.Forward(port, way.address())));
    }
    return forwards;
  }

  /// Replaces the ports of `before` by those of `after`, both as remembered by now.
  void forward(List<Firewall.Forward> before, List<Firewall.Forward> after) {
    if (before.equals(after)) {
      return;
    }
    var messages = new ArrayList<Message>();
    for (Firewall family : List.of(firewall, firewall6)) {
      messages.addAll(family.delete(before));
      messages.addAll(family.add(after));
    }
    commit(messages);
  }

  private void commit(List<Message> messages) {
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
    removing.close();
  }
}
