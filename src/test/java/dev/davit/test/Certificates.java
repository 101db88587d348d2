package dev.davit.test;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An authority of a test, and a server's certificate for 127.0.0.1 that it has signed.
public record Certificates(Path authority, LocalRegistry.Tls server) {
  /// Makes both in `directory`.
  public static Certificates make(Path directory) throws IOException, InterruptedException {
    Programs.require("openssl");
    Path extensions = Files.writeString(directory.resolve("ext"), "subjectAltName=IP:127.0.0.1\n");
    var made =
        new Certificates(
            directory.resolve("ca.crt"),
            new LocalRegistry.Tls(
                directory.resolve("server.crt"), directory.resolve("server.key")));
    openssl(
        directory,
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -days 2 -subj /CN=test-ca");
    openssl(
        directory,
        "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=registry");
    openssl(
        directory,
        "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2"
            + " -out server.crt -extfile "
            + extensions);
    return made;
  }

  private static void openssl(Path directory, String words)
      throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add("openssl");
    command.addAll(List.of(words.split(" ")));
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, process.waitFor(), words);
  }
}
