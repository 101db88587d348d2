package dev.davit.cgroup;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Bpf;
import dev.davit.linux.Errno;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.SyscallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The cgroup hierarchies of this machine: v2, v1, or v1 with an empty v2 beside it.
public final class Cgroups {
  private static final Set<String> WANTED = Set.of("cpu", "cpuset", "io", "memory", "pids");
  private static final int ATTEMPTS = 5;

  private final Hierarchies hierarchies;
  // Limits of processes, by the path of the cgroup that has the limited ones below it.
  private final Map<String, Long> parents = new ConcurrentHashMap<>();
  // Parents that exist with their controllers enabled, as far as is known.
  private final Set<String> prepared = ConcurrentHashMap.newKeySet();

  Cgroups(Hierarchies hierarchies) {
    this.hierarchies = hierarchies;
  }

  /// Reads /proc/self/mountinfo; `UNSUPPORTED` where no cgroup file system is mounted.
  public static Cgroups detect() {
    try {
      return new Cgroups(Hierarchies.parse(Files.readString(Path.of("/proc/self/mountinfo"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the controllers are those of cgroup v2.
  public boolean isUnified() {
    return hierarchies.isUnified();
  }

  /// What of `limits` this machine's kernel has nothing for, each by its name in [Limits] and why.
  public Map<String, String> lacks(Limits limits) {
    var lacks = new LinkedHashMap<String, String>();
    String unified = "cgroup v2 has no such limit";
    if (isUnified() && limits.oomKillDisable()) {
      lacks.put("oomKillDisable", unified);
    }
    if (isUnified() && limits.swappiness() != null) {
      lacks.put("swappiness", unified);
    }
    if (limits.realTimeRuntime() != null || limits.realTimePeriod() != null) {
      if (isUnified()) {
        lacks.put("realTimeRuntime", unified);
      } else if (!exists("cpu", "cpu.rt_runtime_us")) {
        lacks.put("realTimeRuntime", "this kernel has no CONFIG_RT_GROUP_SCHED");
      }
    }
    if (limits.blockIo().weighs() && !weighs()) {
      lacks.put("blockIo", "this kernel has no weights for block devices (BFQ or iocost)");
    }
    return lacks;
  }

  private boolean weighs() {
    return isUnified()
        ? anywhere("io.weight") || anywhere("io.bfq.weight")
        : exists("blkio", "blkio.weight") || exists("blkio", "blkio.bfq.weight");
  }

  private boolean exists(String controller, String file) {
    Path root = hierarchies.controllers().get(controller);
    return root != null && Files.exists(root.resolve(file));
  }

  // The root of v2 has no limits; any cgroup below it shows which files there are.
  private boolean anywhere(String file) {
    Path root = hierarchies.unified();
    if (root == null) {
      return false;
    }
    try (var children = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path child : children) {
        if (Files.exists(child.resolve(file))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The v1 hierarchies that containers are in, each as mount(8) wants it: `memory`, `cpu,cpuacct`.
  /// None on v2. Others would show a container the whole host.
  public List<String> version1() {
    return hierarchies.roots().stream()
        .filter(root -> !root.equals(hierarchies.unified()))
        .map(this::controllers)
        .filter(names -> !names.isEmpty())
        .toList();
  }

  private String controllers(Path root) {
    return hierarchies.controllers().entrySet().stream()
        .filter(entry -> entry.getValue().equals(root) && !entry.getKey().startsWith("name="))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(","));
  }

  /// Whether it can be limited here how many processes a cgroup has.
  public boolean countsProcesses() {
    Path root = hierarchies.unified();
    return (isUnified() && root != null)
        ? words(root, "cgroup.controllers").contains("pids")
        : hierarchies.controllers().containsKey("pids");
  }

  /// How many processes all cgroups together may have, where whoever runs this machine has limited
  /// it; [Long#MAX_VALUE] where nobody has.
  public long processLimit() {
    Path root = isUnified() ? hierarchies.unified() : hierarchies.controllers().get("pids");
    long limit = root == null ? 0 : CgroupFile.of(root, "pids.max").number();
    return limit > 0 ? limit : Long.MAX_VALUE;
  }

  /// From now on no more than `processes` are in the cgroups below `parent` together; -1 is without
  /// limit. It is of this machine: every engine's containers there count.
  ///
  /// @param parent relative to the root of the hierarchies; it need not exist
  public void limitProcesses(String parent, long processes) {
    if (countsProcesses()) {
      parents.put(parent, processes);
      limitParent(parent);
    }
  }

  private void limitParent(String path) {
    Long processes = parents.get(path);
    if (processes != null) {
      String limit = processes > 0 ? processes.toString() : "max";
      CgroupFile.of(open(path).directory("pids"), "pids.max").writeIfThere(limit);
    }
  }

  /// Makes the cgroup with docker's default device rules.
  ///
  /// @param path relative to the root of the hierarchies, `davit/<container id>`
  public Cgroup create(String path, Limits limits) {
    return create(path, limits, DeviceRule.DEFAULTS);
  }

  /// Makes the cgroup, or makes it anew where an old one without processes is left; `CONFLICT`
  /// where it has some. Nothing is left of it when this fails.
  ///
  /// @param path relative to the root of the hierarchies, `davit/<container id>`
  /// @param devices all that its processes may use
  public Cgroup create(String path, Limits limits, List<DeviceRule> devices) {
    var cgroup = open(path);
    if (cgroup.isThere()) {
      if (cgroup.populated()) {
        throw new DavitException(
            Kind.CONFLICT,
            "cgroup \"%s\" has the processes %s".formatted(path, cgroup.pids()),
            "stop them first");
      }
      cgroup.remove();
    }
    try {
      hierarchies.roots().forEach(root -> makeDirectories(root, path));
      cgroup.update(limits);
      applyDevices(cgroup, devices);
      return cgroup;
    } catch (DavitException e) {
      try {
        cgroup.remove();
      } catch (DavitException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /// The cgroup with that path, which need not exist.
  public Cgroup open(String path) {
    Path relative = Path.of(path);
    if (relative.isAbsolute() || !relative.normalize().equals(relative) || path.isEmpty()) {
      throw new IllegalArgumentException("cgroup path " + path);
    }
    return new Cgroup(hierarchies, path);
  }

  private void makeDirectories(Path root, String path) {
    Path leaf = root.resolve(path);
    boolean made = false;
    for (int attempt = 1; !made; attempt++) {
      try {
        prepareParents(root, leaf);
        Tree.mkdir(leaf);
        made = true;
      } catch (SyscallException e) {
        // The last container beside this one may just have taken the parent along.
        prepared.remove(String.valueOf(leaf.getParent()));
        if (e.errno() != Errno.ENOENT || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  // One at a time: nobody may go on in a parent whose controllers are not enabled yet.
  private synchronized void prepareParents(Path root, Path leaf) {
    String parent = String.valueOf(leaf.getParent());
    if (prepared.contains(parent)) {
      return;
    }
    Path directory = root;
    for (Path name : root.relativize(leaf)) {
      if (!directory.equals(root)) {
        Tree.mkdir(directory);
        prepareCpuset(root, directory);
      }
      if (hierarchies.isUnified()) {
        enableControllers(directory);
      }
      directory = directory.resolve(name);
    }
    limitParent(root.relativize(leaf.resolveSibling("")).toString());
    prepared.add(parent);
  }

  // cgroup v2: a controller acts in a cgroup only if the parent says so.
  private static void enableControllers(Path directory) {
    var missing = words(directory, "cgroup.controllers");
    missing.retainAll(WANTED);
    CgroupFile control = CgroupFile.of(directory, "cgroup.subtree_control");
    missing.removeAll(words(directory, "cgroup.subtree_control"));
    if (missing.isEmpty()) {
      return;
    }
    try {
      control.write(missing.stream().map(name -> "+" + name).collect(Collectors.joining(" ")));
    } catch (SyscallException e) {
      if (e.errno() != Errno.EBUSY) {
        throw e;
      }
      throw new DavitException(
          Kind.CONFLICT,
          "cgroup \"%s\" has processes of its own: no limits can be set below it"
              .formatted(directory),
          "move them into a cgroup below it, or run davit on the host itself",
          e);
    }
  }

  private static Set<String> words(Path directory, String file) {
    return CgroupFile.of(directory, file).read().stream()
        .flatMap(text -> text.lines())
        .flatMap(line -> List.of(line.split(" ")).stream())
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // cpusets(7), v1: a new cpuset has neither CPUs nor memory nodes, and refuses processes. Those
  // below this one start with what it has.
  private void prepareCpuset(Path root, Path directory) {
    if (!root.equals(hierarchies.controllers().get("cpuset"))) {
      return;
    }
    Path parent = directory.resolve("..").normalize();
    for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
      CgroupFile own = CgroupFile.of(directory, file);
      if (own.read().orElse("").isEmpty()) {
        CgroupFile.of(parent, file).read().ifPresent(own::write);
      }
    }
    CgroupFile.of(directory, "cgroup.clone_children").write("1");
  }

  private void applyDevices(Cgroup cgroup, List<DeviceRule> devices) {
    if (devices.contains(DeviceRule.ALL)) {
      return;
    }
    if (hierarchies.isUnified()) {
      try (var program = Bpf.loadDeviceProgram(DeviceProgram.of(devices));
          var directory =
              Kernel.open(
                  cgroup.directory("devices").toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
        Bpf.attachDeviceProgram(program, directory);
      }
    } else if (hierarchies.controllers().containsKey("devices")) {
      Path directory = cgroup.directory("devices");
      CgroupFile.of(directory, "devices.deny").write("a");
      CgroupFile.of(directory, "devices.allow")
          .writeEach(devices.stream().map(DeviceRule::print).toList());
    }
  }
}
