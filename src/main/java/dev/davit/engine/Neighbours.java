package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.network.Ip;
import dev.davit.network.Sandbox;
import dev.davit.network.SandboxConfig;
import dev.davit.runtime.MountSpec;
import dev.davit.runtime.Namespace;
import dev.davit.runtime.Namespaces;
import dev.davit.runtime.SharedMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a container shares with the host and with other containers: namespaces, names, addresses.
final class Neighbours {
  private static final Logger LOG = LoggerFactory.getLogger(Neighbours.class);
  private static final String CONTAINER = "container:";
  private static final String SHM = "/dev/shm";

  private final Means means;
  private final boolean lenient;

  Neighbours(Means means) {
    this(means, false);
  }

  private Neighbours(Means means, boolean lenient) {
    this.means = means;
    this.lenient = lenient;
  }

  /// The same, but a container that is not there or does not run is named instead of missed.
  Neighbours asFarAsKnown() {
    return new Neighbours(means, true);
  }

  /// @param hostname empty if it has that of the host
  record Surroundings(Namespaces namespaces, String hostname) {}

  Surroundings surroundings(Life life) {
    boolean hostUts = life.config().namespaces().uts().equals("host");
    return new Surroundings(namespaces(life), hostUts ? "" : hostname(life));
  }

  /// Makes the network namespace of `life` unless it has none of its own or it is there still.
  void enter(Life life, Undo undo) {
    if (!ownNetwork(life)) {
      return;
    }
    if (means.networks().sandbox(life.id()).isPresent() && !means.networks().isMounted(life.id())) {
      means.networks().removeSandbox(life.id()); // Somebody has unmounted it.
    }
    if (means.networks().sandbox(life.id()).isEmpty()) {
      means.networks().createSandbox(config(life));
      undo.add(() -> leave(life));
    }
    know(life);
  }

  private void know(Life life) {
    life.sandbox(() -> means.networks().sandbox(life.id()));
  }

  /// Its networks or its name are others now.
  void refresh(Life life) {
    know(life);
    if (life.sandbox().isPresent()) {
      Mounts.write(means.directories().container(life.id()).resolve("hosts"), hosts(life));
    }
  }

  private static boolean ownNetwork(Life life) {
    return switch (life.config().network().mode()) {
      case NETWORKS -> true;
      // Without networks the kernel makes an empty namespace as it makes the process.
      case NONE, HOST, CONTAINER -> false;
    };
  }

  private SandboxConfig config(Life life) {
    Networking network = life.config().network();
    return new SandboxConfig(
        life.id(),
        life.name(),
        ownNames(life),
        network.endpoints(),
        network.ports(),
        network.dns());
  }

  /// Finds the network namespace that it has had since an earlier engine.
  void enterAgain(Life life) {
    if (ownNetwork(life)) {
      if (means.networks().sandbox(life.id()).isEmpty()) {
        mendAfterLoss(life);
      }
      know(life);
    }
  }

  // Without a network it is still better taken over than not.
  private void mendAfterLoss(Life life) {
    try {
      LOG.warn("the network of container {} is derived again", life.name());
      mend(life, life.state().pid());
    } catch (RuntimeException e) {
      LOG.error("container {} has lost its network", life.name(), e);
    }
  }

  /// Brings back what is missing of its network while it runs; returns whether something was.
  boolean mend(Life life) {
    if (!ownNetwork(life) || life.task().isEmpty()) {
      return false;
    }
    boolean mended = mend(life, life.running().pid());
    if (life.task().isEmpty()) {
      leave(life); // It has ended meanwhile, and its end did not see what was made.
    }
    know(life);
    return mended;
  }

  private boolean mend(Life life, int pid) {
    Path alive = Path.of("/proc", Integer.toString(pid), "ns", "net");
    return means.networks().mend(config(life), alive);
  }

  /// Removes its network namespace, if it has one of its own.
  void leave(Life life) {
    if (ownNetwork(life)) {
      means.networks().removeSandbox(life.id());
      know(life);
    }
  }

  private Namespaces namespaces(Life life) {
    ContainerConfig.Namespaces modes = life.config().namespaces();
    return new Namespaces(
        namespace(modes.pid(), "pid"),
        namespace(modes.ipc(), "ipc"),
        namespace(modes.uts(), "uts"),
        net(life),
        namespace(modes.cgroup(), "cgroup"));
  }

  private Namespace net(Life life) {
    Networking network = life.config().network();
    return switch (network.mode()) {
      case HOST -> new Namespace.Host();
      case CONTAINER -> namespace(CONTAINER + network.container().orElse(""), "net");
      case NONE -> new Namespace.Own();
      case NETWORKS ->
          // Without one yet this is an explanation: where it will be.
          new Namespace.Of(
              life.sandbox()
                  .map(Sandbox::netns)
                  .orElseGet(() -> means.directories().run().resolve("netns").resolve(life.id())));
    };
  }

  private Namespace namespace(String mode, String type) {
    if (mode.startsWith(CONTAINER)) {
      return new Namespace.Of(
          Path.of("/proc", pid(mode.substring(CONTAINER.length())), "ns", type));
    }
    return switch (mode) {
      case "host" -> new Namespace.Host();
      case "private", "shareable", "none", "" -> new Namespace.Own();
      default ->
          throw new DavitException(
              Kind.INVALID,
              "%s namespace \"%s\"".formatted(type, mode),
              "write private, host or container:ID");
    };
  }

  private String pid(String ref) {
    if (!lenient) {
      return Integer.toString(other(ref).running().pid());
    }
    return means
        .lives()
        .find(ref)
        .flatMap(Life::task)
        .map(task -> Integer.toString(task.pid()))
        .orElse("PID-of-" + ref);
  }

  private Life other(String ref) {
    return means.lives().get(ref);
  }

  /// Its host name: as configured, else that of whom it shares the network with, else its short id.
  String hostname(Life life) {
    Networking network = life.config().network();
    return network
        .hostname()
        .orElseGet(
            () ->
                switch (network.mode()) {
                  case HOST -> read(Path.of("/proc/sys/kernel/hostname")).strip();
                  case CONTAINER -> hostnameOf(network.container().orElse(""));
                  case NONE, NETWORKS -> life.container().shortId();
                });
  }

  private String hostnameOf(String ref) {
    return lenient ? means.lives().find(ref).map(this::hostname).orElse(ref) : hostname(other(ref));
  }

  /// What every container has mounted beside what it asks for; the files are written.
  ///
  /// @param opened gets what the caller closes when the container has started
  List<MountSpec> mounts(Life life, List<Fd> opened) {
    return mounts(
        etcFiles(life),
        life,
        ref -> {
          Fd memory = SharedMemory.of(other(ref).running().pid());
          opened.add(memory);
          return memory;
        });
  }

  /// The same, with nothing written or opened.
  List<MountSpec> places(Life life) {
    return mounts(etcPlaces(life), life, ref -> Fd.placeholder("/dev/shm of " + ref));
  }

  private static List<MountSpec> mounts(
      Map<String, Path> files, Life life, Function<String, Fd> sharedMemory) {
    var mounts = new ArrayList<MountSpec>();
    files.forEach((target, file) -> mounts.add(MountSpec.Bind.of(file, target, false)));
    // ipc_namespaces(7): POSIX shared memory lies in /dev/shm and not in the namespace.
    String ipc = life.config().namespaces().ipc();
    if (ipc.equals("host")) {
      mounts.add(MountSpec.Bind.of(Path.of(SHM), SHM, false));
    } else if (ipc.startsWith(CONTAINER)) {
      Fd memory = sharedMemory.apply(ipc.substring(CONTAINER.length()));
      mounts.add(new MountSpec.Made(memory, "", false, SHM, false, "shm_open(3) together"));
    }
    return mounts;
  }

  /// Where the files of [#etcFiles] are, or will be.
  private Map<String, Path> etcPlaces(Life life) {
    Path own = means.directories().container(life.id());
    Networking network = life.config().network();
    Path theirs =
        network.mode() == Networking.Mode.CONTAINER
            ? means.directories().container(idOf(network.container().orElse("")))
            : own;
    var files = new LinkedHashMap<String, Path>();
    files.put("/etc/hostname", own.resolve("hostname"));
    files.put("/etc/hosts", theirs.resolve("hosts"));
    files.put("/etc/resolv.conf", theirs.resolve("resolv.conf"));
    return files;
  }

  private String idOf(String ref) {
    return lenient ? means.lives().find(ref).map(Life::id).orElse(ref) : other(ref).id();
  }

  /// Writes the files below /etc that the engine makes, into the directory of the container, and
  /// says where each is to be bound.
  private Map<String, Path> etcFiles(Life life) {
    Path directory = means.directories().container(life.id());
    Networking network = life.config().network();
    Map<String, Path> files = etcPlaces(life);
    Mounts.write(directory.resolve("hostname"), hostname(life) + "\n");
    if (network.mode() == Networking.Mode.CONTAINER) {
      return files;
    }
    Mounts.write(directory.resolve("hosts"), hosts(life));
    String ofHost = read(Path.of("/etc/resolv.conf"));
    boolean resolver = network.mode() == Networking.Mode.NETWORKS;
    String resolv =
        resolver
            ? EtcFiles.resolvConf(network.dns(), ofHost)
            : EtcFiles.plainResolvConf(network.dns(), ofHost);
    Mounts.write(directory.resolve("resolv.conf"), resolv);
    return files;
  }

  private String hosts(Life life) {
    Networking network = life.config().network();
    Map<String, List<String>> extra = new HashMap<>();
    network
        .extraHosts()
        .forEach(
            (name, addresses) ->
                extra.put(name, addresses.stream().flatMap(it -> gateways(life, it)).toList()));
    if (network.mode() == Networking.Mode.HOST) {
      return EtcFiles.hosts(read(Path.of("/etc/hosts")), extra);
    }
    return EtcFiles.hosts(extra, life.sandbox(), ownNames(life));
  }

  // The longest first.
  private List<String> ownNames(Life life) {
    String hostname = hostname(life);
    return Stream.concat(
            life.config().network().domainname().map(domain -> hostname + "." + domain).stream(),
            Stream.of(hostname, life.container().shortId()))
        .distinct()
        .toList();
  }

  private Stream<String> gateways(Life life, String address) {
    if (!address.equals("host-gateway")) {
      return Stream.of(address);
    }
    List<Ip> host = life.sandbox().map(means.networks()::hostGateways).orElse(List.of());
    return host.isEmpty() ? Stream.of("127.0.0.1") : host.stream().map(Ip::toString);
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
