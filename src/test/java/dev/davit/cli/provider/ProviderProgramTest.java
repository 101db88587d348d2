package dev.davit.cli.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Project;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderProgramTest {
  @TempDir Path directory;

  private Path program(String path) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "");
    file.toFile().setExecutable(true);
    return file;
  }

  private Optional<Path> find(String type, Map<String, String> environment) {
    Project project =
        ComposeLoader.load(
                new LoadRequest(
                    directory,
                    environment,
                    List.of("-"),
                    Optional.of("shop"),
                    Optional.of(directory),
                    List.of(),
                    List.of(),
                    List.of(),
                    () -> "services: {db: {provider: {type: \"" + type + "\"}}}",
                    LoadOptions.ALL))
            .project();
    return ProviderProgram.find(project, type);
  }

  private Optional<Path> find(String type) {
    return find(type, Map.of("PATH", directory + "/bin:bin", "HOME", directory + "/home"));
  }

  @Test
  void aPluginComesBeforeAProgramOfPath() throws Exception {
    Path inPath = program("bin/cloud");
    assertEquals(Optional.of(inPath), find("cloud"));
    Path plugin = program("home/.docker/cli-plugins/docker-cloud");
    assertEquals(Optional.of(plugin), find("cloud"));
  }

  @Test
  void dockersOwnDirectoryMayBeElsewhere() throws Exception {
    program("home/.docker/cli-plugins/docker-cloud");
    Path plugin = program("etc/cli-plugins/docker-cloud");
    Map<String, String> environment =
        Map.of("DOCKER_CONFIG", directory + "/etc", "HOME", directory + "/home", "PATH", "/none");
    assertEquals(Optional.of(plugin), find("cloud", environment));
  }

  @Test
  void aPathIsBelowTheProject() throws Exception {
    Path file = program("tools/cloud");
    assertEquals(Optional.of(file), find("./tools/cloud"));
    assertEquals(Optional.of(file), find("tools/../tools/cloud"));
    assertEquals(Optional.of(file), find(file.toString()));
  }

  @Test
  void whatIsNotExecutableOrADirectoryIsNone() throws Exception {
    program("bin/cloud").toFile().setExecutable(false);
    Files.createDirectories(directory.resolve("bin/hills"));
    assertEquals(Optional.empty(), find("cloud"));
    assertEquals(Optional.empty(), find("hills"));
    assertEquals(Optional.empty(), find("no-such-program"));
  }
}
