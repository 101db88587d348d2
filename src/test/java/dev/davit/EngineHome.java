package dev.davit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/// Real client processes and the real engine process that they start, in directories of their own.
/// The engine's jar has the class path of the test.
final class EngineHome {
  private static final String CLIENT = "dev.davit.client.Client";

  private final Path directory;
  private final Path home;

  record Ran(int code, String out, String err) {}

  EngineHome(Path directory) throws IOException {
    this.directory = directory;
    home = directory.resolve("home");
    Files.createDirectories(home.resolve("target"));
    Files.createDirectories(home.resolve("src/main"));
    Files.createSymbolicLink(
        home.resolve("src/main/jvm"), Path.of("src/main/jvm").toAbsolutePath());
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, "dev.davit.Davit");
    attributes.put(Attributes.Name.CLASS_PATH, classPath());
    attributes.putValue("Add-Exports", "java.base/sun.nio.ch");
    new JarOutputStream(Files.newOutputStream(jar()), manifest).close();
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toUri().toString())
        .collect(Collectors.joining(" "));
  }

  Path jar() {
    return home.resolve("target/davit.jar");
  }

  Path root() {
    return directory.resolve("root");
  }

  Path run() {
    return directory.resolve("run");
  }

  long enginePid() throws IOException {
    return Long.parseLong(Files.readString(root().resolve("data.lock")).strip());
  }

  Ran davit(String... argv) throws Exception {
    return ran(client(List.of(), argv).start());
  }

  Process start(String... argv) throws IOException {
    return client(List.of(), argv).start();
  }

  /// @param wrapper words before the command, such as `setpriv --reuid 1`
  ProcessBuilder client(List<String> wrapper, String... argv) {
    var command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Ddavit.home=" + home));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), CLIENT));
    command.addAll(List.of(argv));
    var builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"));
    builder
        .environment()
        .putAll(Map.of("DAVIT_ROOT", root().toString(), "DAVIT_RUN", run().toString()));
    return builder;
  }

  static Ran ran(Process process) throws Exception {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the client hangs");
    return new Ran(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes(), UTF_8),
        new String(process.getErrorStream().readAllBytes(), UTF_8));
  }
}
