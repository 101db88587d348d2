package dev.davit.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that is killed while it works.
public final class Crash {
  private Crash() {}

  /// Runs `main` in a JVM of its own, and kills that some time after it has said `open`.
  ///
  /// @param after milliseconds
  public static void of(Class<?> main, int after, String... arguments) throws Exception {
    String classes =
        Stream.of(System.getProperty("java.class.path").split(":", -1))
            .map(each -> Path.of(each).toAbsolutePath().toString())
            .collect(joining(":"));
    var words =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classes,
                main.getName()));
    words.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = process.inputReader(UTF_8)) {
      assertEquals("open", said.readLine());
      assertFalse(process.waitFor(after, TimeUnit.MILLISECONDS), "it ended by itself");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
