package dev.davit.runtime;

import static dev.davit.runtime.Wanted.script;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.test.Canary;
import dev.davit.test.Racer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody exchanges a directory for a link while the engine is about to go there: whichever of
/// them it meets, it stays in the container.
@dev.davit.test.Kernel
class HostileRacesKernelTest extends StarterFixture {
  private static final int AT_FDCWD = -100;

  private Canary canary;
  private Path merged;
  private int started;
  private int refused;

  @BeforeEach
  void canary() throws Exception {
    canary = Canary.at(directory.resolve("canary"));
    merged = Files.createDirectory(directory.resolve("merged"));
    String options =
        "lowerdir=/,upperdir=%s,workdir=%s"
            .formatted(image, Files.createDirectory(directory.resolve("mwork")));
    Kernel.mount("davit-test", merged.toString(), "overlay", 0, options);
  }

  @AfterEach
  void untouched() throws Exception {
    Kernel.umount(merged.toString(), 0);
    canary.assertUntouched();
    // A mount that reached the host would be one too many there.
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
      assertEquals(List.of(), mounts.filter(it -> it.contains(directory.toString())).toList());
    }
  }

  // One file system for all starts, in which a racer sees what they see.
  @Override
  protected Fd overlay() {
    return NewMount.openTree(AT_FDCWD, merged.toString(), NewMount.OPEN_TREE_CLONE);
  }

  private List<Path> baits(String kernels) {
    return List.of(
        canary.path(),
        Path.of("../../../../../../../..").resolve(canary.path().toString().substring(1)),
        Path.of("/proc/1/root").resolve(canary.path().toString().substring(1)),
        Path.of(kernels));
  }

  /// Starts `each` many times, while in `place` a directory `it` and a link to a bait take turns.
  private void race(Path place, List<Path> baits, int times, IntFunction<Wanted> each)
      throws Exception {
    Files.createDirectories(place.resolve("it"));
    for (Path bait : baits) {
      Path link = place.resolve("bait");
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, bait);
      try (var racer = Racer.between(place, "it", "bait")) {
        for (int i = 0; i < times / baits.size(); i++) {
          once(each.apply(i));
        }
        assertTrue(racer.exchanged() > times, "nobody raced");
      }
      if (Files.isSymbolicLink(place.resolve("it"))) {
        Files.delete(place.resolve("it"));
        Files.move(link, place.resolve("it"));
      }
    }
    assertTrue(started > 0, "not one start has come through");
  }

  private void once(Wanted wanted) throws Exception {
    try {
      run(wanted.container());
      started++;
    } catch (DavitException e) {
      refused++;
    }
  }

  private MountSpec mount(int kind, String place) throws IOException {
    Path source = directory.resolve("source");
    return switch (kind % 4) {
      case 0 -> new MountSpec.Tmpfs(place, "size=1m", Set.of());
      case 1 -> MountSpec.Bind.of(Files.createDirectories(source), place, false);
      case 2 -> MountSpec.Held.of(place + "/secret", new byte[] {1}, 0, 0, 0400, "secret");
      default ->
          MountSpec.Bind.of(
              Files.writeString(directory.resolve("hosts"), "x"), place + "/deep/hosts", false);
    };
  }

  @Test
  void mountsIntoASharedVolumeStayInTheContainer() throws Exception {
    Path volume = Files.createDirectories(directory.resolve("volume"));
    Files.createDirectories(volume.resolve("it/deep"));
    for (String file : List.of("it/secret", "it/deep/hosts")) {
      Files.createFile(volume.resolve(file));
    }
    race(
        volume,
        baits("/dev"),
        520,
        i -> {
          try {
            return script("echo x > /volume/it/escaped; mkdir /volume/it/made")
                .mount(MountSpec.Bind.of(volume, "/volume", false))
                .mount(mount(i, "/volume/it"));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void placesThatAreMadeForMountsStayInTheContainer() throws Exception {
    race(
        Files.createDirectories(merged.resolve("race")),
        baits("/sys"),
        240,
        i -> {
          try {
            return script("echo x > /race/it/escaped").mount(mount(i, "/race/it/new" + i));
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void workingDirectoriesStayInTheContainer() throws Exception {
    var baits = baits("/proc/self/fd");
    race(
        Files.createDirectories(merged.resolve("race")),
        baits,
        160,
        i -> script("echo x > escaped").cwd("/race/it"));
    try (var running = start(script("exec sleep 1000").mount(volume()))) {
      Path volume = directory.resolve("volume");
      Files.createDirectories(volume.resolve("it"));
      Files.createSymbolicLink(volume.resolve("bait"), canary.path());
      try (var racer = Racer.between(volume, "it", "bait")) {
        for (int i = 0; i < 100; i++) {
          int code;
          do {
            code = exec(running, script("echo x > escaped").cwd("/volume/it").process());
          } while (code < 0 && refused++ < 10_000);
        }
        assertTrue(racer.exchanged() > 100, "nobody raced");
      }
    }
  }

  private MountSpec volume() throws IOException {
    return MountSpec.Bind.of(
        Files.createDirectories(directory.resolve("volume")), "/volume", false);
  }

  private static int exec(Running running, ProcessSpec process) {
    try {
      return running.exec(process);
    } catch (DavitException e) {
      return -1;
    }
  }

  /// Whoever shares a volume that lies over /proc/sys or a file system in memory changes nothing of
  /// what a start writes there: it is written before.
  @Test
  void whatIsWrittenBelowProcIsTheContainersOwn() throws Exception {
    Path volume = Files.createDirectories(directory.resolve("volume"));
    Files.createDirectories(volume.resolve("it/ipv4"));
    Files.createSymbolicLink(volume.resolve("bait"), canary.path());
    Path file = canary.path().resolve("file");
    Files.createSymbolicLink(volume.resolve("it/ipv4/ip_default_ttl"), file);
    try (var racer = Racer.between(volume, "it", "bait")) {
      for (int i = 0; i < 60; i++) {
        var wanted =
            script("exec sleep 1000")
                .mount(MountSpec.Bind.of(volume, "/proc/sys/net", false))
                .mount(MountSpec.Bind.of(volume, "/volume", false))
                .sysctl("net.ipv4.ip_default_ttl", "42");
        try (var running = start(wanted)) {
          var net = new Namespace.Of(Path.of("/proc/" + running.started().pid() + "/ns/net"));
          var beside =
              script("cat /proc/sys/net/ipv4/ip_default_ttl")
                  .namespaces(Namespaces.own().withNet(net));
          assertEquals("42", out(beside.container()));
        }
      }
      assertTrue(racer.exchanged() > 60, "nobody raced");
    }
  }
}
