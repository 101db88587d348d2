package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cgroup.Limits;
import dev.davit.engine.ContainerConfig.Command;
import dev.davit.engine.ContainerConfig.Resources;
import dev.davit.engine.ContainerConfig.Ulimit;
import dev.davit.network.EndpointConfig;
import dev.davit.network.Ip;
import dev.davit.network.Ipv4;
import dev.davit.network.Ipv6;
import dev.davit.network.PortBinding;
import dev.davit.stored.Aside;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StateFilesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");

  @TempDir Path directory;

  private static Definition definition(String id) {
    ContainerConfig config =
        ContainerConfig.of("web", "davit/host")
            .withCommand(Command.of("a", "b").withEnv(List.of("K=V")).withUser("app"))
            .withHealth(HealthConfig.of(List.of("CMD", "true")))
            .withRestart(RestartPolicy.onFailure(3))
            .withMounts(List.of(MountConfig.bind("/x", "/y"), MountConfig.tmpfs("/z")))
            .withResources(
                new Resources(
                    Limits.builder().memory(64L << 20).build(),
                    Map.of("nofile", new Ulimit(1, 2)),
                    0,
                    1,
                    ContainerConfig.Devices.USUAL,
                    Optional.of("/group")))
            .withNetwork(
                Networking.ofNetworks(
                    List.of(
                        new EndpointConfig(
                            "net",
                            List.of("web"),
                            Optional.of(Ipv4.parse("10.89.0.2")),
                            Optional.of(Ipv6.parse("fd00::2")),
                            Optional.empty(),
                            Optional.empty(),
                            1,
                            0,
                            List.of(Ip.parse("169.254.1.1"), Ip.parse("fe80::1")),
                            Map.of("a", "b"))),
                    List.of(PortBinding.tcp(8080, 80))));
    return new Definition(
        id,
        config,
        "sha256:1",
        NOON,
        List.of(new Container.Mount(MountConfig.Type.BIND, "/x", "/y", false)),
        Optional.of(new Allowance(99, Map.of("nofile", new Ulimit(1, 2)))));
  }

  @Test
  void whatIsSavedIsLoaded() throws IOException {
    var directories = new EngineDirectories(directory.resolve("root"), directory.resolve("run"));
    String id = "a".repeat(64);
    Files.createDirectories(directories.container(id));
    Saved saved =
        Saved.NEW
            .with(state -> Transitions.started(state, 7, NOON, true))
            .withRestartCount(2)
            .ofProcess("boot", 42);
    try (var files = new StateFiles(directories)) {
      files.save(definition(id));
      files.save(id, saved);
      var stored = files.load();
      assertEquals(List.of(new StateFiles.Stored(definition(id), saved)), stored);
    }
  }

  @Test
  void aConfigOfAnEarlierEngineHasNoAllowanceOfItsOwn() throws IOException {
    var directories = new EngineDirectories(directory.resolve("root"), directory.resolve("run"));
    String id = "c".repeat(64);
    Files.createDirectories(directories.container(id));
    try (var files = new StateFiles(directories)) {
      files.save(definition(id));
      Path file = directories.container(id).resolve("config.json");
      var tree = (ObjectNode) new JsonMapper().readTree(Files.readString(file));
      assertNotNull(tree.remove("allowance"));
      Files.writeString(file, tree.toString());
      Definition loaded = files.load().getFirst().definition();
      assertEquals(Optional.empty(), loaded.allowance());
      var usual = new Allowance(7, Map.of());
      assertEquals(7, loaded.allowed(usual).granted().resources().limits().pids());
      assertEquals(99, definition(id).allowed(usual).allowance().orElseThrow().pids());
    }
  }

  @Test
  void aContainerThatTheFirstFormatDescribesIsReadByEveryEngine() throws IOException {
    var directories = new EngineDirectories(directory.resolve("root"), directory.resolve("run"));
    Path container = Files.createDirectories(directories.container("a".repeat(64)));
    for (String file : List.of("config.json", "state.json")) {
      Files.copy(Path.of("src/test/resources/formats/1", file), container.resolve(file));
    }
    try (var files = new StateFiles(directories)) {
      StateFiles.Stored stored = files.load().getFirst();
      assertEquals("web", stored.definition().config().name());
      assertEquals(RestartPolicy.onFailure(3), stored.definition().config().restart());
      assertEquals(2, stored.saved().restartCount());
      assertEquals(ContainerState.Status.RUNNING, stored.saved().state().status());
    }
    assertEquals(List.of(), new Aside(directories.root()).list());
  }

  @Test
  void aTornConfigIsSetAsideWithAllThatTheContainerHas() throws IOException {
    var directories = new EngineDirectories(directory.resolve("root"), directory.resolve("run"));
    String id = "b".repeat(64);
    Path torn = directories.container(id);
    Files.createDirectories(torn.resolve("upper/etc"));
    Files.writeString(torn.resolve("upper/etc/changed"), "mine");
    Files.writeString(torn.resolve("config.json"), "{\"id\":\"bb\",\"config\":{\"name\":\"web\"");
    try (var files = new StateFiles(directories)) {
      assertEquals(List.of(), files.load());
      assertEquals(List.of(), StateFiles.list(directories.containers()));
      Aside.Entry entry = new Aside(directories.root()).list().getFirst();
      assertEquals(Thing.of("container", "web"), entry.thing());
      assertEquals("mine", Files.readString(entry.place().resolve(id + "/upper/etc/changed")));
      String error = String.valueOf(files.missing("web").getMessage());
      assertTrue(error.contains("does not exist any more: config.json is torn"), error);
    }
  }

  @Test
  void aContainerThatWasNeverFinishedIsRemovedAndAStrangeDirectoryIsNot() throws IOException {
    var directories = new EngineDirectories(directory.resolve("root"), directory.resolve("run"));
    Path half = Files.createDirectories(directories.container("c".repeat(64)).resolve("upper"));
    Files.write(half.resolveSibling("config.json.new"), new byte[100]); // written and not renamed
    Path strange = Files.createDirectories(directories.containers().resolve("lost+found"));
    try (var files = new StateFiles(directories)) {
      assertEquals(List.of(), files.load());
    }
    assertFalse(Files.exists(half));
    assertTrue(Files.exists(strange));
    assertEquals(List.of(), new Aside(directories.root()).list());
  }
}
