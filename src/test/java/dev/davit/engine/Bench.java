package dev.davit.engine;

import dev.davit.cgroup.Cgroups;
import dev.davit.engine.ContainerConfig.Command;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.image.HostImage;
import dev.davit.network.Networks;
import dev.davit.volume.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An engine with directories of its own, which removes all its containers and directories at the
/// end.
final class Bench implements AutoCloseable {
  private final Path directory;
  private final Networks networks;
  private final Volumes volumes;
  private final EngineDirectories directories;
  private DefaultLimits limits = DefaultLimits.of(HostFacts.read(Cgroups.detect()), Map.of());
  private Engine engine;

  Bench() throws IOException {
    directory = Files.createTempDirectory(Path.of("/var/tmp"), "davit-engine");
    directories = new EngineDirectories(directory.resolve("root"), directory.resolve("run"));
    networks = Networks.open(directory.resolve("networks"), directory.resolve("run"));
    volumes = Volumes.open(directory.resolve("volumes"));
    engine = openEngine();
  }

  private Engine openEngine() {
    return Engine.open(
        directories,
        new HostImage(directories.root(), directories.run()),
        networks,
        volumes,
        Cgroups.detect(),
        limits);
  }

  /// The next engine has these.
  void limits(DefaultLimits next) {
    limits = next;
  }

  /// Another engine takes over.
  void reopen() {
    engine.close();
    openAgain();
  }

  /// An engine takes over from one that is closed.
  void openAgain() {
    engine = openEngine();
    engine.due().forEach(engine::resume);
    engine.adopted().join();
  }

  Engine engine() {
    return engine;
  }

  EngineDirectories directories() {
    return directories;
  }

  Networks networks() {
    return networks;
  }

  Volumes volumes() {
    return volumes;
  }

  Containers containers() {
    return engine.containers();
  }

  static ContainerConfig shell(String name, String script) {
    return ContainerConfig.of(name, "davit/host")
        .withCommand(Command.of("/bin/sh", "-c", script))
        .withNetwork(Networking.HOST);
  }

  Container run(ContainerConfig config) {
    Container created = containers().create(config);
    return containers().start(created.id());
  }

  Container awaiting(String ref, WaitCondition condition) throws Exception {
    return containers().waitFor(ref, condition).get(20, TimeUnit.SECONDS);
  }

  List<String> log(String ref) {
    var lines = new ArrayList<String>();
    engine.logs().read(ref, Logs.Query.ALL, line -> lines.add(line.text()));
    return lines;
  }

  List<Path> leftovers() {
    return StateFiles.list(directories.runContainers());
  }

  @Override
  public void close() {
    for (Container container : containers().list()) {
      containers().remove(container.id(), true, true);
    }
    engine.close();
    networks.close();
    StateFiles.delete(directory);
  }
}
