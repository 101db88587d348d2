package dev.davit.cli.login;

import dev.davit.cli.HostPath;
import dev.davit.cli.Session;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.registry.Credential;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program `docker-credential-NAME`, which keeps credentials elsewhere. It runs with the
/// session's environment and in its directory.
final class Helper {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PREFIX = "docker-credential-";
  private static final String NOT_FOUND = "credentials not found";
  // By the helpers' protocol this user name says that the secret is a token.
  private static final String TOKEN_USER = "<token>";
  private static final long PATIENCE = 120; // s; it may ask somebody

  private final Session session;
  private final String program;
  private final Path file;

  private Helper(Session session, String program, Path file) {
    this.session = session;
    this.program = program;
    this.file = file;
  }

  static Helper find(Session session, String name) {
    String program = PREFIX + name;
    Path file =
        Optional.of(name)
            .filter(it -> it.matches("[\\w.-]+"))
            .flatMap(_ -> HostPath.find(session.env(), program))
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND,
                        "credential helper \"%s\" is not installed".formatted(program),
                        "install it, or take \"%s\" out of Docker's config.json".formatted(name)));
    return new Helper(session, program, file);
  }

  Optional<Credential> credential(String server) {
    Printed printed = run("get", server);
    if (printed.code() != 0) {
      if (printed.text().contains(NOT_FOUND)) {
        return Optional.empty();
      }
      throw failed("get", printed);
    }
    try {
      JsonNode node = JSON.readTree(printed.text());
      String user = node.path("Username").asString("");
      String secret = node.path("Secret").asString("");
      return Optional.of(
          user.equals(TOKEN_USER)
              ? new Credential.IdentityToken(user, secret)
              : new Credential.Password(user, secret));
    } catch (JacksonException e) {
      throw new DavitException(
          Kind.INVALID, "credential helper \"%s\" printed no JSON".formatted(program));
    }
  }

  void store(String server, Credential credential) {
    var message = JSON.createObjectNode();
    message.put("ServerURL", server);
    switch (credential) {
      case Credential.Password(var user, var password) -> {
        message.put("Username", user);
        message.put("Secret", password);
      }
      case Credential.IdentityToken(_, var token) -> {
        message.put("Username", TOKEN_USER);
        message.put("Secret", token);
      }
    }
    check("store", run("store", JSON.writeValueAsString(message)));
  }

  void erase(String server) {
    Printed printed = run("erase", server);
    if (printed.code() != 0 && !printed.text().contains(NOT_FOUND)) {
      throw failed("erase", printed);
    }
  }

  private record Printed(int code, String text) {}

  private void check(String word, Printed printed) {
    if (printed.code() != 0) {
      throw failed(word, printed);
    }
  }

  private DavitException failed(String word, Printed printed) {
    return new DavitException(
        Kind.UNAVAILABLE,
        "credential helper \"%s %s\" failed with status %d: %s"
            .formatted(program, word, printed.code(), printed.text().strip()));
  }

  private Printed run(String word, String input) {
    var builder = new ProcessBuilder(file.toString(), word);
    builder.directory(session.cwd().toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(session.env());
    Process process = null;
    try {
      process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException closed) {
        // It need not read what it is told; its status says whether it went well.
      }
      Process running = process;
      var end = process.onExit().orTimeout(PATIENCE, TimeUnit.SECONDS);
      var _ = end.exceptionally(_ -> running.destroyForcibly());
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Printed(process.waitFor(), text);
    } catch (IOException e) {
      throw new DavitException(
          Kind.UNAVAILABLE,
          "credential helper \"%s\" cannot be run: %s".formatted(program, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "interrupted");
    } finally {
      if (process != null) {
        process.destroy();
      }
    }
  }
}
