package dev.davit.bench;

import dev.davit.cgroup.Cgroups;
import dev.davit.cgroup.Limits;
import dev.davit.image.Image;
import dev.davit.image.Rootfs;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pidfd;
import dev.davit.runtime.ContainerSpec;
import dev.davit.runtime.ProcessSpec;
import dev.davit.runtime.Starter;
import dev.davit.runtime.Stdio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A container without the engine around it: cgroup, overlay, program. What an engine's start takes
/// beyond this is bookkeeping.
final class BareStart {
  private static final String CGROUP = "davit/bench-" + ProcessHandle.current().pid();

  private final Path directory;
  private final Image image;
  private final Cgroups cgroups;
  private final Starter starter;
  private int number;

  BareStart(Path directory, Image image, Cgroups cgroups) throws IOException {
    this.directory = directory;
    this.image = image;
    this.cgroups = cgroups;
    this.starter = Starter.open(Files.createDirectories(directory.resolve("staging")), List.of());
  }

  /// From nothing to the end of `/bin/true`, in nanoseconds; what has to be removed is not timed.
  ///
  /// @param toExit whether to wait for the end, or only for execve
  long run(boolean toExit) throws IOException {
    Path layer = directory.resolve("bare-" + number++);
    Path upper = Files.createDirectories(layer.resolve("upper"));
    Path work = Files.createDirectories(layer.resolve("work"));
    var process = ProcessSpec.of("/bin/true", List.of("true"), List.of());
    try (Fd nothing = Kernel.open("/dev/null", Open.RDWR, 0)) {
      long before = System.nanoTime();
      var cgroup = cgroups.create(CGROUP, Limits.none());
      try (Fd rootfs = Rootfs.mount(image.lowerdirs(), upper, work);
          var entry = cgroup.entry()) {
        var stdio = new Stdio.Pipes(nothing, nothing, nothing);
        var started = starter.start(ContainerSpec.of("bench", process), rootfs, entry, stdio);
        long running = System.nanoTime() - before;
        try (Fd pidfd = started.pidfd()) {
          Pidfd.await(pidfd);
        }
        return toExit ? System.nanoTime() - before : running;
      } finally {
        cgroup.remove();
      }
    }
  }
}
