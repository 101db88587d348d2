package dev.davit.cgroup;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Poll;
import dev.davit.linux.SyscallException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A container's cgroup: one directory on cgroup v2, one in each controller on v1. Beside v1 there
/// is often a v2 mount without controllers; Davit's processes are in that as well, for its events,
/// its freezer and its kill. It need not exist: reads are then empty or 0.
public final class Cgroup {
  /// How the name of a cgroup begins whose parent is not Davit's and stays.
  public static final String GUEST = "davit-";

  private static final int SIGKILL = 9;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Hierarchies hierarchies;
  private final String path;
  private final @Nullable Path unified;

  Cgroup(Hierarchies hierarchies, String path) {
    this.hierarchies = hierarchies;
    this.path = path;
    Path root = hierarchies.unified();
    unified = root == null ? null : root.resolve(path);
  }

  /// Relative to the root of the hierarchies.
  public String path() {
    return path;
  }

  /// How a child gets in; the caller closes it.
  public Entry entry() {
    var opened = new ArrayList<Fd>();
    try {
      Optional<Fd> directory = Optional.ofNullable(unified).map(Cgroup::place);
      directory.ifPresent(opened::add);
      for (Path hierarchy : version1()) {
        opened.add(Kernel.open(hierarchy.resolve("tasks").toString(), Open.WRONLY, 0));
      }
      return new Entry(directory, opened.subList(directory.isPresent() ? 1 : 0, opened.size()));
    } catch (SyscallException e) {
      opened.forEach(Fd::close);
      throw e;
    }
  }

  private static Fd place(Path directory) {
    return Kernel.open(directory.toString(), Open.PATH | Open.DIRECTORY, 0);
  }

  private List<Path> version1() {
    return directories().stream().filter(directory -> !directory.equals(unified)).toList();
  }

  /// Sets the limits that `limits` names and leaves the others as they are.
  public void update(Limits limits) {
    LimitWriter.write(
        hierarchies.isUnified() ? Write.unified(limits) : Write.controllers(limits),
        this::directory);
  }

  /// Sends SIGKILL to every process in it and below it, those that fork meanwhile included.
  public void kill() {
    liftThrottles();
    if (unified != null && CgroupFile.of(unified, "cgroup.kill").writeIfThere("1")) {
      return;
    }
    if (!populated()) {
      return;
    }
    // Kernels before 5.14: nobody forks while frozen. On v1 the signal acts after the thaw.
    freeze();
    try {
      pids().forEach(Cgroup::kill);
    } finally {
      thaw();
    }
  }

  // Who dies unmounts its root file system, which writes what is left: that could take minutes.
  private void liftThrottles() {
    for (Write write : BlockIoWrites.lift(hierarchies.isUnified(), this::throttles)) {
      CgroupFile.of(directory(write.controller()), write.file()).writeIfThere(write.value());
    }
  }

  private String throttles(String file) {
    boolean there = hierarchies.isUnified() || hierarchies.controllers().containsKey("blkio");
    String controller = hierarchies.isUnified() ? "io" : "blkio";
    return there ? CgroupFile.of(directory(controller), file).read().orElse("") : "";
  }

  private static void kill(int pid) {
    try (var process = Kernel.pidfdOpen(pid)) {
      Kernel.sendSignal(process, SIGKILL);
    } catch (SyscallException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  /// Stops every process and returns when all have stopped; `UNAVAILABLE` and thawed again if one
  /// does not stop in ten seconds.
  public void freeze() {
    boolean frozen;
    if (unified != null && CgroupFile.of(unified, "cgroup.freeze").writeIfThere("1")) {
      frozen = awaitEvent(unified, "frozen", 1);
    } else {
      // v1 has no event for it; a process that enters while the others stop needs another write.
      CgroupFile state = CgroupFile.of(directory("freezer"), "freezer.state");
      frozen =
          retried(
              () -> {
                state.write("FROZEN");
                return state.read().equals(Optional.of("FROZEN"));
              });
    }
    if (!frozen) {
      thaw();
      throw new DavitException(
          Kind.UNAVAILABLE,
          "cgroup \"%s\" did not freeze in %d s".formatted(path, PATIENCE.toSeconds()),
          "look for a process in uninterruptible sleep (state D)");
    }
  }

  /// Lets frozen processes go on.
  public void thaw() {
    if (unified != null && CgroupFile.of(unified, "cgroup.freeze").writeIfThere("0")) {
      awaitEvent(unified, "frozen", 0);
    } else if (hierarchies.controllers().containsKey("freezer")) {
      CgroupFile.of(directory("freezer"), "freezer.state").writeIfThere("THAWED");
    }
  }

  /// The processes in it and below it, as numbers of this PID namespace.
  public List<Integer> pids() {
    var pids = new ArrayList<Integer>();
    Tree.walk(
        primary(),
        directory ->
            CgroupFile.of(directory, "cgroup.procs").read().stream()
                .flatMap(String::lines)
                .map(Integer::valueOf)
                .forEach(pids::add));
    return List.copyOf(pids);
  }

  /// Whether a process is in it or below it.
  public boolean populated() {
    return unified != null
        ? CgroupFile.of(unified, "cgroup.events").number("populated") == 1
        : !pids().isEmpty();
  }

  /// How many of its processes the kernel has killed for want of memory.
  public long oomKills() {
    String file = hierarchies.isUnified() ? "memory.events" : "memory.oom_control";
    return CgroupFile.of(directory("memory"), file).number("oom_kill");
  }

  public Usage usage() {
    return hierarchies.isUnified() ? unifiedUsage() : controllersUsage();
  }

  private Usage unifiedUsage() {
    Path directory = directory("memory");
    return new Usage(
        CgroupFile.of(directory, "memory.current").number(),
        CgroupFile.of(directory, "memory.stat").number("inactive_file"),
        CgroupFile.of(directory, "memory.peak").number(),
        CgroupFile.of(directory, "memory.max").number(),
        CgroupFile.of(directory, "cpu.stat").number("usage_usec") * 1000,
        CgroupFile.of(directory, "pids.current").number(),
        CgroupFile.of(directory, "io.stat").sum("rbytes="),
        CgroupFile.of(directory, "io.stat").sum("wbytes="));
  }

  private Usage controllersUsage() {
    Path memory = directory("memory");
    long limit = CgroupFile.of(memory, "memory.limit_in_bytes").number();
    return new Usage(
        CgroupFile.of(memory, "memory.usage_in_bytes").number(),
        CgroupFile.of(memory, "memory.stat").number("total_inactive_file"),
        CgroupFile.of(memory, "memory.max_usage_in_bytes").number(),
        // Without limit v1 says the largest multiple of a page.
        limit >= Long.MAX_VALUE - 65535 ? Long.MAX_VALUE : limit,
        CgroupFile.of(directory("cpuacct"), "cpuacct.usage").number(),
        CgroupFile.of(directory("pids"), "pids.current").number(),
        throttled().sum("Read "),
        throttled().sum("Write "));
  }

  // The only file of v1 that counts under every I/O scheduler.
  private CgroupFile throttled() {
    return CgroupFile.of(directory("blkio"), "blkio.throttle.io_service_bytes_recursive");
  }

  /// Removes it with what is below it; waits up to ten seconds for processes that are just dying,
  /// `CONFLICT` if some live on. It is no error if it is gone.
  public void remove() {
    boolean empty = unified == null || awaitEvent(unified, "populated", 0);
    for (Path directory : directories()) {
      if (!empty || !retried(() -> Tree.remove(directory))) {
        throw new DavitException(
            Kind.CONFLICT,
            "cgroup \"%s\" still has the processes %s".formatted(path, pids()),
            "kill them first");
      }
      // The last container takes the common parent along, unless that is somebody else's.
      Path parent = directory.getParent();
      if (parent != null && path.indexOf('/') > 0 && !isGuest()) {
        Tree.rmdir(parent);
      }
    }
  }

  private boolean isGuest() {
    return path.startsWith(GUEST, path.lastIndexOf('/') + 1);
  }

  /// Whether it was made and not removed, asked of one hierarchy for all.
  public boolean isThere() {
    return Files.exists(primary());
  }

  boolean exists() {
    return directories().stream().anyMatch(Files::exists);
  }

  List<Path> directories() {
    return hierarchies.roots().stream().map(root -> root.resolve(path)).toList();
  }

  /// Where the files of `controller` are.
  Path directory(String controller) {
    Path root = hierarchies.controllers().get(controller);
    if (root != null) {
      return root.resolve(path);
    }
    if (unified != null) {
      return unified;
    }
    throw new DavitException(
        Kind.UNSUPPORTED,
        "controller \"%s\" is not mounted".formatted(controller),
        "mount it below /sys/fs/cgroup");
  }

  private Path primary() {
    return unified != null ? unified : directories().getFirst();
  }

  // cgroups(7): a change of cgroup.events wakes poll(2) with POLLPRI.
  private static boolean awaitEvent(Path directory, String key, long value) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (var events = Kernel.open(directory.resolve("cgroup.events").toString(), Open.RDONLY, 0)) {
      while (!CgroupFile.readFrom(events).contains(key + " " + value)) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0 || !Poll.await(events, Poll.PRI, millis)) {
          return false;
        }
      }
      return true;
    } catch (SyscallException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  // For what the kernel has no event for: a try each millisecond, for a while.
  private static boolean retried(BooleanSupplier attempt) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!attempt.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
    return true;
  }
}
