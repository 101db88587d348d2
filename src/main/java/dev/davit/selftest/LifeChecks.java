package dev.davit.selftest;

import dev.davit.cgroup.Limits;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.MountConfig;
import dev.davit.linux.Errno;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whether containers start, have what they need and no more, and stop.
final class LifeChecks {
  private static final long MEGABYTE = 1 << 20;
  private static final long PLACE = 0x20000000;

  private LifeChecks() {}

  static List<Check> all() {
    return List.of(starts(), descriptors(), volume(), memory(), processes(), stops());
  }

  private static Check starts() {
    var probe = new Probe();
    int pid = probe.call(Syscall.GETPID);
    return Check.inside(
        "a container starts",
        "Davit cannot work on this machine.",
        probe,
        seen -> Verdict.of(seen.result(pid) == 1, "its first process has id " + seen.result(pid)));
  }

  private static Check descriptors() {
    var probe = new Probe();
    probe.open("/proc/self/fd", Open.DIRECTORY);
    int names = probe.names(4096);
    return Check.inside(
        "it has only descriptors 0, 1 and 2",
        "A container could work with files that the engine has open.",
        probe,
        seen -> {
          // The directory itself is 3.
          List<String> open = seen.names(names);
          return Verdict.of(
              open.equals(List.of("0", "1", "2", "3")), "it has " + String.join(", ", open));
        });
  }

  private static Check volume() {
    var writer = new Probe();
    writer.open("/data/word", Open.WRONLY | Open.CREAT);
    writer.call(Syscall.WRITE, new Value.Result(0), "kept", 4);
    var reader = new Probe();
    reader.open("/data/word", Open.RDONLY);
    int read = reader.read(16);
    return new Check(
        "a volume keeps what is written",
        "What services write into volumes is lost.",
        laboratory -> {
          MountConfig mount = MountConfig.volume(laboratory.volume(), "/data");
          Verdict written =
              laboratory
                  .run(laboratory.config().withMounts(List.of(mount)), writer)
                  .judged(writer, seen -> Verdict.of(!seen.failed(1), "write: " + seen.outcome(1)));
          return !written.isWell()
              ? written
              : laboratory
                  .run(laboratory.config().withMounts(List.of(mount)), reader)
                  .judged(
                      reader,
                      seen ->
                          Verdict.of(
                              seen.text(read).equals("kept"),
                              "the next container reads \"" + seen.text(read) + '"'));
        });
  }

  private static Check memory() {
    var probe = new Probe();
    // mmap(2): private, anonymous, at that place; given back, else there is none left to write with
    probe.call(Syscall.MMAP, PLACE, 64 * MEGABYTE, 3, 0x32, -1, 0);
    probe.open("/dev/zero", Open.RDONLY);
    int zeros = probe.call(Syscall.READ, new Value.Result(1), PLACE, 64 * MEGABYTE);
    probe.call(Syscall.MUNMAP, PLACE, 64 * MEGABYTE);
    return limited(
        "the memory limit is in force",
        "One service can take all memory of the machine.",
        Limits.builder().memory(16 * MEGABYTE).memorySwap(16 * MEGABYTE).build(),
        probe,
        // The kernel kills it, or gives no more.
        ended ->
            Verdict.of(
                ended.exitCode() == 137
                    || (probe.read(ended.output()).isThere()
                        && probe.read(ended.output()).result(zeros) < 64 * MEGABYTE),
                "a container limited to 16 MB has used 64"));
  }

  private static Check processes() {
    var probe = new Probe();
    // clone(SIGCHLD): fork
    int child = probe.call(Syscall.CLONE, 17, 0, 0, 0, 0);
    return limited(
        "the limit of processes is in force",
        "One service can take all process ids of the machine.",
        Limits.builder().pids(1L).build(),
        probe,
        ended ->
            ended.judged(
                probe,
                seen ->
                    Verdict.of(
                        seen.failed(child, Errno.EAGAIN),
                        "clone in a container limited to 1 process: " + seen.outcome(child))));
  }

  private interface Judge {
    Verdict of(Ended ended);
  }

  private static Check limited(
      String name, String meaning, Limits limits, Probe probe, Judge judge) {
    return new Check(
        name,
        meaning,
        laboratory -> {
          ContainerConfig config =
              laboratory.config().withResources(Resources.UNLIMITED.withLimits(limits));
          List<String> lacks = laboratory.equipment().containers().lacks(config);
          if (!lacks.isEmpty()) {
            return Verdict.skipped("this machine cannot: " + String.join("; ", lacks));
          }
          Ended ended = laboratory.run(config, probe);
          return ended.refused()
              ? Verdict.failed("the container does not start: " + ended.refusal())
              : judge.of(ended);
        });
  }

  private static Check stops() {
    var probe = new Probe();
    probe.say("ready");
    probe.sleep(60);
    return new Check(
        "a container that ignores SIGTERM is stopped",
        "Services cannot be stopped.",
        laboratory -> {
          try (Guest guest = laboratory.create(laboratory.config(), probe)) {
            guest.startAndHear();
            int pid = guest.now().state().pid();
            Container stopped =
                laboratory
                    .equipment()
                    .containers()
                    .stop(guest.id(), Optional.of(Duration.ofMillis(100)));
            boolean there = Files.exists(Path.of("/proc", Integer.toString(pid)));
            return Verdict.of(
                pid > 0 && !there && stopped.state().status() == Status.EXITED,
                "process %d is %s, the container \"%s\""
                    .formatted(pid, there ? "there" : "gone", stopped.state().status().word()));
          }
        });
  }
}
