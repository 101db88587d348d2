package dev.davit.cli.row;

import dev.davit.cli.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a user has set in Docker's own `config.json`: it holds for Davit's lists too.
public final class DockerConfig {
  private static final JsonMapper JSON = new JsonMapper();

  private DockerConfig() {}

  /// `given`, or where that is empty the user's format of that name, such as `psFormat`; else the
  /// empty text.
  public static String format(Session session, String given, String name) {
    return given.isEmpty()
        ? file(session).flatMap(file -> text(session, file, name)).orElse("")
        : given;
  }

  private static Optional<Path> file(Session session) {
    return session
        .env("DOCKER_CONFIG")
        .filter(directory -> !directory.isEmpty())
        .map(session.cwd()::resolve)
        .or(() -> session.env("HOME").map(home -> session.cwd().resolve(home).resolve(".docker")))
        .map(directory -> directory.resolve("config.json"))
        .filter(Files::isRegularFile);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static Optional<String> text(Session session, Path file, String name) {
    try {
      return Optional.of(JSON.readTree(Files.readAllBytes(file)).path(name).asString(""));
    } catch (IOException | JacksonException e) {
      session.warn("\"" + file + "\" is not read: " + firstLine(e));
      return Optional.empty();
    }
  }
}
