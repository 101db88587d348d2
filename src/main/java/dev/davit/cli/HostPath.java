package dev.davit.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `PATH` of a session: Java would search that of the engine.
public final class HostPath {
  private HostPath() {}

  public static Optional<Path> find(Map<String, String> environment, String program) {
    return directories(environment)
        .map(directory -> directory.resolve(program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  // A directory that is relative would depend on where the command happens to be run.
  public static Stream<Path> directories(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin").split(":"))
        .filter(text -> text.startsWith("/"))
        .map(Path::of);
  }
}
