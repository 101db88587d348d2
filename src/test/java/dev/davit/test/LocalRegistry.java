package dev.davit.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A real `docker-registry` of a test, on 127.0.0.1 and a port of its own.
public final class LocalRegistry implements AutoCloseable {
  private final Process process;
  private final int port;

  private LocalRegistry(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// What is unusual about it.
  ///
  /// @param tls certificate and key, in PEM
  /// @param htpasswd lines `user:bcrypt`
  /// @param token further lines of its configuration under `auth`
  public record Options(Optional<Tls> tls, Optional<String> htpasswd, Optional<String> token) {
    public static final Options PLAIN =
        new Options(Optional.empty(), Optional.empty(), Optional.empty());

    public Options with(Tls server) {
      return new Options(Optional.of(server), htpasswd, token);
    }

    public Options withPassword(String line) {
      return new Options(tls, Optional.of(line), token);
    }

    public Options withTokens(String lines) {
      return new Options(tls, htpasswd, Optional.of(lines));
    }
  }

  public record Tls(Path certificate, Path key) {}

  /// `davit:secret`.
  public static final String DAVIT_SECRET =
      "davit:$2b$04$SsmQnKKUFNg5hiV1hi.IBOUI3zXZ7t0Gy28XlteerScOAQctbPX0K";

  public static LocalRegistry start(Path directory, Options options) {
    Programs.require("docker-registry");
    try {
      int port = freePort();
      Path config = directory.resolve("registry.yml");
      Files.createDirectories(directory.resolve("data"));
      Files.writeString(config, config(directory, port, options));
      Process process =
          new ProcessBuilder("docker-registry", "serve", config.toString())
              .redirectErrorStream(true)
              .start();
      var registry = new LocalRegistry(process, port);
      registry.awaitListening();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String config(Path directory, int port, Options options) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("version: 0.1");
    lines.add("log: {level: info}");
    lines.add("storage:");
    lines.add("  filesystem: {rootdirectory: " + directory.resolve("data") + "}");
    lines.add("  delete: {enabled: true}");
    lines.add("http:");
    lines.add("  addr: 127.0.0.1:" + port);
    lines.add("  secret: test");
    options
        .tls()
        .ifPresent(
            tls ->
                lines.add(
                    "  tls: {certificate: %s, key: %s}".formatted(tls.certificate(), tls.key())));
    if (options.htpasswd().isPresent()) {
      Path passwords = directory.resolve("htpasswd");
      Files.writeString(passwords, options.htpasswd().get() + "\n");
      lines.add("auth:");
      lines.add("  htpasswd: {realm: davit, path: " + passwords + "}");
    }
    options
        .token()
        .ifPresent(
            token -> {
              lines.add("auth:");
              lines.addAll(List.of(token.split("\n")));
            });
    return String.join("\n", lines) + "\n";
  }

  // Its log says when it listens; what it writes after that has to be read, or it would block.
  private void awaitListening() throws IOException {
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    var seen = new ArrayList<String>();
    String line;
    while ((line = log.readLine()) != null) {
      seen.add(line);
      if (line.contains("listening on")) {
        Thread.ofVirtual().start(() -> log.lines().forEach(_ -> {}));
        return;
      }
    }
    throw new IOException("docker-registry did not start:\n" + String.join("\n", seen));
  }

  /// `127.0.0.1:5000`.
  public String domain() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
