package dev.davit.cli.provider;

import dev.davit.cli.HostPath;
import dev.davit.compose.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the program that a provider's `type` names, as docker compose does: one of Docker's
/// plugins, else one of `PATH`; with a slash in it, a file below the project's directory.
final class ProviderProgram {
  private static final List<String> PLUGINS =
      List.of(
          "/usr/local/lib/docker/cli-plugins",
          "/usr/local/libexec/docker/cli-plugins",
          "/usr/lib/docker/cli-plugins",
          "/usr/libexec/docker/cli-plugins");

  private ProviderProgram() {}

  static Optional<Path> find(Project project, String type) {
    Stream<Path> candidates =
        type.indexOf('/') >= 0
            ? Stream.of(project.workingDirectory().resolve(type).normalize())
            : Stream.concat(
                plugins(project.environment())
                    .map(directory -> directory.resolve("docker-" + type)),
                HostPath.directories(project.environment())
                    .map(directory -> directory.resolve(type)));
    return candidates
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Stream<Path> plugins(Map<String, String> environment) {
    Optional<Path> own =
        Optional.ofNullable(environment.get("DOCKER_CONFIG"))
            .filter(text -> !text.isEmpty())
            .map(Path::of)
            .or(
                () ->
                    Optional.ofNullable(environment.get("HOME"))
                        .map(home -> Path.of(home, ".docker")))
            .map(directory -> directory.resolve("cli-plugins"));
    return Stream.concat(own.stream(), PLUGINS.stream().map(Path::of)).filter(Path::isAbsolute);
  }
}
