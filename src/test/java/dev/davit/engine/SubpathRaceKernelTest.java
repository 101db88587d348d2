package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.test.CanaryTree;
import dev.davit.test.Exchange;
import dev.davit.test.Kernel;
import dev.davit.volume.VolumeConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who writes to a volume exchanges a directory in it for a link to the host, while
/// another container is started with that part of the volume, or files are copied to and from it.
@Kernel
@Timeout(180)
class SubpathRaceKernelTest {
  private static final int STARTS = 60;
  private static final int COPIES = 200;

  @TempDir private Path temp;
  private Bench bench;
  private CanaryTree canary;
  private Path inside;
  private Path link;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
    canary = CanaryTree.make(temp.resolve("canary"));
    Path data = bench.volumes().create(VolumeConfig.of("shared")).mountpoint();
    inside = Files.createDirectories(data.resolve("a/b"));
    Files.writeString(inside.resolve("file"), "inside");
    link = Files.createSymbolicLink(data.resolve("a/link"), canary.directory());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static MountConfig part(String path) {
    return MountConfig.volume("shared", "/data").withSubpath(Optional.of(path));
  }

  @Test
  void noStartMountsWhatALinkLeadsTo() throws Exception {
    int started = 0;
    try (var exchange = Exchange.of(inside, link)) {
      for (int i = 0; i < STARTS; i++) {
        String name = "c" + i;
        try {
          bench.run(
              Bench.shell(name, "cat /data/file; : > /data/new").withMounts(List.of(part("a/b"))));
          bench.awaiting(name, WaitCondition.NOT_RUNNING);
          assertEquals(List.of("inside"), bench.log(name));
          started++;
        } catch (DavitException exchangedMeanwhile) {
          // It must not get out; it need not succeed.
        }
        canary.check("start " + i);
      }
      assertTrue(exchange.count() > STARTS, () -> exchange.count() + " exchanges");
    }
    assertTrue(started > 0 && started < STARTS, started + " starts found the directory");
  }

  @Test
  void noCopyReadsOrWritesWhatALinkLeadsTo() throws Exception {
    bench.run(
        Bench.shell("web", "sleep 60").withMounts(List.of(MountConfig.volume("shared", "/data"))));
    Archives archives = bench.engine().archives();
    int copied = 0;
    try (var exchange = Exchange.of(inside, link)) {
      for (int i = 0; i < COPIES; i++) {
        var out = new ByteArrayOutputStream();
        try {
          archives.read("web", "/data/a/b", true, "b", out);
          byte[] in = new dev.davit.archive.MadeTar().file("new", 0644, new byte[1]).end();
          archives.write(
              "web",
              "/data/a/b",
              new ByteArrayInputStream(in),
              new dev.davit.archive.Owner.AsArchived());
          copied++;
        } catch (DavitException exchangedMeanwhile) {
          // As above.
        }
        assertTrue(
            !out.toString(StandardCharsets.ISO_8859_1).contains(CanaryTree.SONG),
            "a copy has a file of the host");
        canary.check("copy " + i);
      }
      assertTrue(exchange.count() > COPIES, () -> exchange.count() + " exchanges");
    }
    assertTrue(copied > 0, "no copy found the directory");
  }
}
