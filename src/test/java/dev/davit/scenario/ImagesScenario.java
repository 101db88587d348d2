package dev.davit.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.image.Digest;
import dev.davit.image.Platform;
import dev.davit.test.Kernel;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An image of an archive must run as its config says, unless its service says otherwise.
@Kernel
@Timeout(120)
class ImagesScenario {
  private static final String CONFIG =
      """
      {"Entrypoint":["/bin/sh","-c"],"Cmd":["echo $FROM of $(id -u) in $PWD; cat /data/seed; exec sleep 1000"],
       "Env":["PATH=/bin","FROM=image"],"User":"app","WorkingDir":"/srv","Volumes":{"/data":{}},
       "StopSignal":"SIGKILL","Labels":{"a":"b","com.docker.compose.project":"other"},
       "ExposedPorts":{"80/tcp":{}},"Healthcheck":{"Test":["CMD","true"],"Retries":9}}
      """;

  @TempDir private Path temp;
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("Images");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private Path archive() throws IOException {
    byte[] busybox = Files.readAllBytes(Path.of("/bin/busybox"));
    byte[] base =
        new Tar()
            .directory("bin")
            .mode(0755)
            .file("bin/busybox", busybox)
            .symlink("bin/sh", "busybox")
            .symlink("bin/id", "busybox")
            .symlink("bin/cat", "busybox")
            .symlink("bin/sleep", "busybox")
            .symlink("bin/true", "busybox")
            .file("gone", "x")
            .directory("etc")
            .file("etc/passwd", "app:x:12:13::/:/bin/sh\n")
            .end();
    byte[] top =
        new Tar()
            .file(".wh.gone", "")
            .directory("srv")
            .owner(12, 13)
            .directory("data")
            .owner(12, 13)
            .file("data/seed", "a seed\n")
            .end();
    String config =
        """
        {"os":"linux","architecture":"%s","config":%s,
         "rootfs":{"type":"layers","diff_ids":["%s","%s"]}}"""
            .formatted(
                Platform.ofThisMachine().architecture(), CONFIG, Digest.of(base), Digest.of(top));
    String manifest =
        """
        [{"Config":"c.json","RepoTags":["example/box:1"],"Layers":["1/layer.tar","2/layer.tar"]}]""";
    Path file = temp.resolve("box.tar");
    Files.write(
        file,
        new Tar()
            .file("1/layer.tar", base)
            .file("2/layer.tar", Tar.gzip(top))
            .file("c.json", config)
            .file("manifest.json", manifest.getBytes(UTF_8))
            .end());
    return file;
  }

  @Test
  void imageOfAnArchiveRunsAsItsConfigSays() throws Exception {
    checks.davit("load", "-i", archive().toString()).succeeds().says("Loaded image: example/box:1");
    checks.davit("image", "ls").succeeds().says("example/box");
    checks.davit("up", "-d").succeeds();
    checks.awaiting("images-own-1", WaitCondition.NOT_RUNNING);
    checks.logged("images-plain-1", "image of 12 in /srv");
    checks.logged("images-plain-1", "a seed");
    checks.davit("logs", "own").says("own words");
    checks.davit("container", "exec", "images-plain-1", "sh", "-c", "test ! -e /gone").succeeds();
    String format =
        "{{json .Config.Healthcheck}} {{json .Config.ExposedPorts}} {{.Config.Labels.a}}"
            + " {{index .Config.Labels \"com.docker.compose.project\"}} {{.Config.StopSignal}}";
    checks
        .davit("container", "inspect", "-f", format, "images-plain-1")
        .says("\"Interval\":7000000000")
        .says("\"Retries\":9")
        .says("{\"80/tcp\":{}} b images SIGKILL");
    checks.davit("rmi", "example/box:1").fails("is in use by container");
    checks.davit("image", "verify", "--all").succeeds();
    checks.davit("down", "-v").succeeds();
    assertEquals(java.util.List.of(), checks.volumeNames());
    checks.davit("rmi", "example/box:1").succeeds().says("Untagged: example/box:1");
    checks.davit("up", "-d").fails("is not here");
  }

  @Test
  void savedImageComesBackBitForBit() throws Exception {
    checks.davit("load", "-q", "-i", archive().toString()).succeeds();
    Path first = temp.resolve("first.tar");
    Path second = temp.resolve("second.tar");
    checks.davit("save", "-o", first.toString(), "example/box:1").succeeds();
    checks.davit("rmi", "example/box:1").succeeds();
    checks.davit("load", "-i", first.toString()).succeeds().says("example/box:1");
    checks.davit("image", "save", "-o", second.toString(), "example/box:1").succeeds();
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
    checks.davit("load", "-i", "/etc/passwd").fails("");
    checks.davit("image", "verify", "--all").succeeds();
  }
}
