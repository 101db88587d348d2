package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.linux.MountFlag;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Kernel
class MountsKernelTest {
  private Bench bench;
  private Path shared;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
    shared = Files.createDirectories(bench.directories().run().resolve("shared"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static MountConfig bind(Path source, String target, String propagation) {
    MountConfig mount = MountConfig.bind(source.toString(), target);
    return mount.withBind(mount.bind().withPropagation(propagation));
  }

  private static MountConfig tmpfs(String target, boolean readOnly, String... options) {
    return MountConfig.tmpfs(target)
        .withReadOnly(readOnly)
        .withTmpfs(
            new MountConfig.Tmpfs(OptionalLong.empty(), OptionalInt.empty(), List.of(options)));
  }

  private List<String> output(String script, MountConfig... mounts) throws Exception {
    bench.run(Bench.shell("web", script).withMounts(List.of(mounts)));
    bench.awaiting("web", WaitCondition.NOT_RUNNING);
    return bench.log("web");
  }

  /// Which of the mounts at `inside` sees a mount that the host makes while the container runs.
  private boolean seesLaterMount(String propagation) throws Exception {
    dev.davit.linux.Kernel.mount("davit-test", shared.toString(), "tmpfs", 0, null);
    dev.davit.linux.Kernel.mount("none", shared.toString(), null, MountFlag.SHARED.bit(), null);
    Path later = Files.createDirectory(shared.resolve("later"));
    try {
      Container running =
          bench.run(
              Bench.shell("web", "sleep 60").withMounts(List.of(bind(shared, "/in", propagation))));
      dev.davit.linux.Kernel.mount("davit-test", later.toString(), "tmpfs", 0, null);
      Files.writeString(later.resolve("file"), "");
      boolean seen =
          Files.exists(Path.of("/proc/" + running.state().pid() + "/root/in/later/file"));
      bench.containers().remove("web", true, true);
      return seen;
    } finally {
      if (Files.exists(later.resolve("file"))) {
        dev.davit.linux.Kernel.umount(later.toString(), 0);
      }
      dev.davit.linux.Kernel.umount(shared.toString(), 0);
    }
  }

  @Test
  void slaveSeesWhatTheHostMountsLater() throws Exception {
    assertTrue(seesLaterMount("rslave"));
  }

  @Test
  void privateDoesNotSeeWhatTheHostMountsLater() throws Exception {
    assertFalse(seesLaterMount("rprivate"));
  }

  @Test
  void sharedSeesWhatTheHostMountsLater() throws Exception {
    assertTrue(seesLaterMount("shared"));
  }

  @Test
  void sharedOfAPrivateMountIsRefused() {
    dev.davit.linux.Kernel.mount("davit-test", shared.toString(), "tmpfs", 0, null);
    dev.davit.linux.Kernel.mount("none", shared.toString(), null, MountFlag.PRIVATE.bit(), null);
    try {
      bench
          .containers()
          .create(Bench.shell("web", "true").withMounts(List.of(bind(shared, "/in", "rshared"))));
      var error = assertThrows(DavitException.class, () -> bench.containers().start("web"));
      assertTrue(error.getMessage().endsWith("which is not shared"), error.getMessage());
    } finally {
      dev.davit.linux.Kernel.umount(shared.toString(), 0);
    }
  }

  @Test
  void tmpfsHasDockersOptionsAndThoseAskedFor() throws Exception {
    List<String> lines =
        output(
            "grep -E ' /(one|two) ' /proc/mounts | cut -d' ' -f2,4; stat -c '%a %u' /one /two",
            tmpfs("/one", false), tmpfs("/two", true, "exec", "uid=7", "mode=700", "size=64k"));
    assertTrue(lines.get(0).startsWith("/one rw,nosuid,nodev,noexec"), lines.toString());
    assertTrue(lines.get(1).startsWith("/two ro,nosuid,nodev,relatime,size=64k"), lines.toString());
    assertEquals(List.of("1777 0", "700 7"), lines.subList(2, 4));
  }

  @Test
  void aMountInAMountHasItsPlaceMade() throws Exception {
    Path file = Files.writeString(bench.directories().run().resolve("file"), "text\n");
    List<String> lines =
        output(
            "ls /data/conf /memory; cat /memory/deep/file /dev/own/file; echo x >/memory/x || echo ro",
            MountConfig.volume("data", "/data"),
            MountConfig.bind(file.getParent() + "/conf", "/data/conf"),
            tmpfs("/memory", true),
            MountConfig.bind(file.toString(), "/memory/deep/file"),
            MountConfig.bind(file.toString(), "/dev/own/file"));
    assertTrue(
        lines.containsAll(List.of("/data/conf:", "/memory:", "deep", "text", "ro")),
        lines.toString());
    assertEquals(2, lines.stream().filter("text"::equals).count(), lines.toString());
  }
}
