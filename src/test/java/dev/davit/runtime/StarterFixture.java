package dev.davit.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import dev.davit.linux.Pidfd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Real containers on the host's own root as lower layer, no cgroup, no network.
abstract class StarterFixture {
  protected record Result(int code, String out) {}

  @TempDir protected Path directory;
  protected Starter starter;

  /// What a container has in place of the host's own files.
  protected Path image;

  @BeforeEach
  protected void open() throws Exception {
    image = Files.createDirectory(directory.resolve("image"));
    starter = Starter.open(Files.createDirectory(directory.resolve("staging")), List.of());
  }

  protected static ContainerSpec shell(String script) {
    return ContainerSpec.of(
        "test",
        ProcessSpec.of(
            "/bin/sh", List.of("sh", "-c", script), List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin")));
  }

  protected Fd overlay() throws Exception {
    Path work = Files.createDirectories(directory.resolve("work"));
    try (Fd fs = NewMount.fsopen("overlay")) {
      NewMount.set(fs, "lowerdir", "/");
      NewMount.set(fs, "upperdir", image.toString());
      NewMount.set(fs, "workdir", work.toString());
      return NewMount.fsmount(fs, 0);
    }
  }

  protected Result run(ContainerSpec spec) throws Exception {
    Path output = Files.createTempFile(directory, "out", "");
    try (Fd in = Kernel.open("/dev/null", Open.RDONLY, 0);
        Fd out = Kernel.open(output.toString(), Open.WRONLY | Open.APPEND, 0);
        Fd rootfs = overlay()) {
      var stdio = new Stdio.Pipes(in, out, out);
      Started started = starter.start(spec, rootfs, Entry.none(), stdio);
      try (Fd pidfd = started.pidfd()) {
        return new Result(Pidfd.await(pidfd), Files.readString(output).strip());
      }
    }
  }

  protected String out(ContainerSpec spec) throws Exception {
    Result result = run(spec);
    assertEquals(0, result.code(), result.out());
    return result.out();
  }

  protected static ContainerSpec with(
      ContainerSpec spec, UnaryOperator<List<MountSpec>> mounts, Map<String, String> sysctls) {
    return new ContainerSpec(
        spec.id(),
        spec.process(),
        spec.namespaces(),
        spec.hostname(),
        spec.domainname(),
        mounts.apply(spec.mounts()),
        spec.devices(),
        spec.readonlyRootfs(),
        spec.maskedPaths(),
        spec.readonlyPaths(),
        sysctls,
        spec.shmSize(),
        spec.init(),
        spec.writableSys());
  }

  /// Starts it with its output in a file; the caller closes it.
  protected Running start(Wanted wanted) throws Exception {
    Path output = Files.createTempFile(directory, "out", "");
    Fd in = Kernel.open("/dev/null", Open.RDONLY, 0);
    Fd out = Kernel.open(output.toString(), Open.WRONLY | Open.APPEND, 0);
    try (Fd rootfs = overlay()) {
      var stdio = new Stdio.Pipes(in, out, out);
      Started started = starter.start(wanted.container(), rootfs, Entry.none(), stdio);
      return new Running(starter.execs(), started, stdio, output);
    }
  }

  /// A container that runs; all that runs in it writes into one file.
  protected record Running(Execs execs, Started started, Stdio.Pipes stdio, Path output)
      implements AutoCloseable {
    /// The exit code of one more process.
    int exec(ProcessSpec process) {
      try (Fd pidfd = begin(process, new ArrayList<>())) {
        return Pidfd.await(pidfd);
      }
    }

    /// The pidfd of one more process, whose number `pids` gets.
    Fd begin(ProcessSpec process, List<Integer> pids) {
      var spec = new ExecSpec("x", process);
      Started exec = execs.start(spec, started.pid(), started.pidfd(), Entry.none(), stdio);
      pids.add(exec.pid());
      return exec.pidfd();
    }

    String out() throws Exception {
      return Files.readString(output).strip();
    }

    @Override
    public void close() {
      Kernel.sendSignal(started.pidfd(), 9);
      Pidfd.await(started.pidfd());
      started.pidfd().close();
      stdio.in().close();
      stdio.out().close();
    }
  }
}
