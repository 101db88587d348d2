package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerConfig.Command;
import dev.davit.image.HostImage;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Kernel
class ExplainKernelTest {
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
    // The image is made when it is first looked for.
    new HostImage(bench.directories().root(), bench.directories().run()).require("davit/host");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private ContainerConfig config() {
    return ContainerConfig.of("web", "davit/host")
        .withCommand(
            new Command(
                java.util.Optional.empty(),
                java.util.Optional.of(List.of("sh", "-c", "true")),
                List.of(),
                java.util.Optional.of("daemon"),
                List.of(),
                java.util.Optional.of("/no/such/directory"),
                false,
                false,
                false))
        .withNetwork(Networking.NONE)
        .withMounts(
            List.of(
                MountConfig.bind(bench.directories().root() + "/no-such-source", "/srv/bound"),
                MountConfig.volume("data", "/etc/data"),
                MountConfig.anonymous("/srv/anonymous"),
                MountConfig.tmpfs("/srv/memory")));
  }

  private List<String> everything() throws IOException {
    Path all = bench.directories().root().resolveSibling("");
    try (var files = Files.walk(all)) {
      return files.map(file -> file + " " + modified(file)).sorted().toList();
    }
  }

  private static String modified(Path file) {
    try {
      return Files.readAttributes(file, "unix:ctime", java.nio.file.LinkOption.NOFOLLOW_LINKS)
          .toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void explainWithoutContainerChangesNothing() throws Exception {
    List<String> before = everything();
    String text = bench.containers().explain(config());
    assertEquals(before, everything());
    assertEquals(List.of(), bench.containers().list());
    assertEquals(List.of(), bench.volumes().list());
    assertTrue(text.contains("no-such-source"), text);
    assertTrue(text.contains("volumes/data/_data"), text);
    assertTrue(text.contains("\"davit-exec\", \"/"), text);
    assertEquals(text, bench.containers().explain(config()));
  }

  @Test
  void explainOfACreatedContainerChangesNothing() throws Exception {
    bench.containers().create(config());
    List<String> before = everything();
    String text = bench.containers().explain("web");
    assertEquals(before, everything());
    assertTrue(text.contains("no-such-source"), text);
  }

  @Test
  void explainOfARunningContainerChangesNothing() throws Exception {
    var config = ContainerConfig.of("web", "davit/host").withNetwork(Networking.HOST);
    bench.run(config.withCommand(Command.of("sh", "-c", "sleep 60")));
    List<String> before = everything();
    assertTrue(bench.containers().explain("web").contains("execveat("));
    assertEquals(before, everything());
  }

  @Test
  void explainWhenTheOtherContainerIsMissingNamesIt() {
    String text =
        bench
            .containers()
            .explain(
                ContainerConfig.of("web", "davit/host")
                    .withCommand(Command.of("true"))
                    .withNetwork(Networking.ofContainer("store")));
    assertTrue(text.contains("/proc/PID-of-store/ns/net"), text);
  }
}
