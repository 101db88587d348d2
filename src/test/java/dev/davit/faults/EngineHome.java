package dev.davit.faults;

import dev.davit.client.Places;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/// A directory that engines are started from: the class path is this program's, and the agent is a
/// jar in it.
record EngineHome(Path directory) {
  static EngineHome in(Path directory) throws IOException, InterruptedException {
    var home = new EngineHome(directory);
    Files.createDirectories(home.jar().resolveSibling(""));
    new JarOutputStream(Files.newOutputStream(home.jar()), home.classPath()).close();
    home.writeAgent();
    home.writeArchive();
    return home;
  }

  /// The words that start an engine.
  ///
  /// @param first an order for [FaultPoints] from before its first step, or nothing
  List<String> command(Places places, String first) {
    var words = new ArrayList<String>();
    words.add(java());
    words.add("@" + Path.of("src/main/jvm/engine.options").toAbsolutePath());
    words.add("-XX:TieredStopAtLevel=1");
    words.add("-XX:SharedArchiveFile=" + archive());
    words.add("-javaagent:" + agent() + "=" + first);
    words.add("-Ddavit.home=" + directory);
    words.add("-Djffi.extract.dir=" + places.natives());
    words.add("-jar");
    words.add(jar().toString());
    return words;
  }

  Path jar() {
    return directory.resolve("target/davit.jar");
  }

  private Path agent() {
    return directory.resolve("faults.jar");
  }

  // Of the classes that an engine loads, which makes its start twice as fast.
  private Path archive() {
    return directory.resolve("classes.jsa");
  }

  private void writeArchive() throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(java());
    command.add("-XX:ArchiveClassesAtExit=" + archive());
    command.addAll(List.of("-Xlog:disable", "-XX:+UseSerialGC", "-jar", jar().toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DAVIT_ROOT", directory.resolve("root").toString());
    builder.environment().put("DAVIT_RUN", directory.resolve("run").toString());
    Files.createDirectories(directory.resolve("root"));
    Files.createDirectories(directory.resolve("run"));
    Process engine = builder.redirectOutput(directory.resolve("archive.out").toFile()).start();
    Path answers = directory.resolve("run/engine.pid");
    while (engine.isAlive() && !Files.exists(answers)) {
      Thread.sleep(20);
    }
    engine.destroy(); // SIGTERM: it is written at an orderly end
    engine.waitFor();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private Manifest classPath() {
    Manifest manifest = manifest(Attributes.Name.MAIN_CLASS.toString(), "dev.davit.Davit");
    manifest.getMainAttributes().putValue("Add-Exports", "java.base/sun.nio.ch");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    return manifest;
  }

  private void writeAgent() throws IOException {
    Manifest manifest = manifest("Premain-Class", FaultAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
    write(agent(), manifest, "FaultAgent", "FaultAgent$Instrumented", "FaultAgent$AtStart");
  }

  private static void write(Path jar, Manifest manifest, String... types) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String type : types) {
        String name = "dev/davit/faults/" + type + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = EngineHome.class.getResourceAsStream("/" + name)) {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
  }

  private static Manifest manifest(String name, String value) {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue(name, value);
    return manifest;
  }
}
