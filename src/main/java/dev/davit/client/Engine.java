package dev.davit.client;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The engine as the client sees it: a socket, and a process to start where nobody answers.
final class Engine {
  /// Between two attempts to connect to an engine that is starting.
  private static final int RETRY_MILLIS = 4;

  /// Long enough for a slow machine that has just been started; one that fails is seen at once.
  private static final long START_LIMIT_NANOS = 300_000_000_000L;

  /// How long another engine, which won the race for the lock, may take to open its socket.
  private static final long RACE_LIMIT_NANOS = 2_000_000_000L;

  private final Places places;

  Engine(Places places) {
    this.places = places;
  }

  /// The running engine, or null where none answers.
  @Nullable FrameChannel connect() {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(UnixDomainSocketAddress.of(places.socket()));
      requireOurs();
      return new FrameChannel(channel);
    } catch (IOException nobody) {
      close(channel);
      return null;
    }
  }

  // A command for one data directory must not act on another.
  private void requireOurs() throws IOException {
    if (!Files.exists(places.served())) {
      return;
    }
    Path served = Path.of(Files.readString(places.served()));
    boolean same =
        served.equals(places.root())
            || (Files.exists(served)
                && Files.exists(places.root())
                && Files.isSameFile(served, places.root()));
    if (!same) {
      throw new ClientException(
          "the engine in DAVIT_RUN \"%s\" has the data of \"%s\", not of DAVIT_ROOT \"%s\""
              .formatted(places.run(), served, places.root()),
          "set DAVIT_RUN to a directory of its own for each DAVIT_ROOT");
    }
  }

  /// The running engine, started if need be.
  FrameChannel connectOrStart() throws IOException, InterruptedException {
    FrameChannel running = connect();
    return running == null ? start() : running;
  }

  /// Ends the running engine and waits until its process is gone. Returns false where there is
  /// none.
  boolean stop() {
    try (FrameChannel running = connect()) {
      if (running == null) {
        return new LostEngine(places.lock()).stop();
      }
      running.send(Frame.STOP);
      while (true) {
        running.read();
      }
    } catch (EOFException gone) {
      return true;
    } catch (IOException reset) {
      return true;
    }
  }

  private FrameChannel start() throws IOException, InterruptedException {
    Requirements.check();
    makeDirectories();
    Process process = spawn();
    long begin = System.nanoTime();
    long limit = START_LIMIT_NANOS;
    while (System.nanoTime() - begin < limit) {
      FrameChannel running = connect();
      if (running != null) {
        return running;
      }
      if (limit == START_LIMIT_NANOS && !process.isAlive()) {
        limit = System.nanoTime() - begin + (lostRace() ? RACE_LIMIT_NANOS : 0);
      }
      Thread.sleep(RETRY_MILLIS);
    }
    throw new ClientException(reason(), "see " + places.output() + " and " + places.log());
  }

  private void makeDirectories() throws IOException {
    try {
      var owner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      for (Path directory :
          List.of(places.root(), places.run(), places.log().getParent(), places.natives())) {
        Files.createDirectories(directory, owner);
      }
      var file = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      for (Path log : List.of(places.output(), places.log())) {
        if (Files.notExists(log)) {
          Files.createFile(log, file);
        }
      }
    } catch (FileAlreadyExistsException e) {
      // Another client is starting the engine too.
    } catch (AccessDeniedException e) {
      throw new ClientException("directory \"" + e.getFile() + "\" cannot be made", null);
    }
  }

  /// The engine leaves our session by itself; its environment is not ours, which belongs to one
  /// command only.
  private Process spawn() throws IOException {
    File output = places.output().toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command(places))
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(output)
            .redirectErrorStream(true);
    Map<String, String> env = builder.environment();
    env.keySet()
        .removeIf(
            name ->
                !List.of("HOME", "PATH", "TZ", "JAVA_HOME").contains(name)
                    && !EngineSettings.NAMES.contains(name));
    env.put("LC_ALL", "C.UTF-8");
    env.put("DAVIT_ROOT", places.root().toString());
    env.put("DAVIT_RUN", places.run().toString());
    return builder.start();
  }

  static List<String> command(Places places) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    command.add("@" + places.home().resolve("src/main/jvm/engine.options"));
    command.addAll(startUpCache(places));
    command.add("-Ddavit.home=" + places.home());
    command.add("-Djffi.extract.dir=" + places.natives());
    command.add("-jar");
    command.add(places.jar().toString());
    return command;
  }

  /// An engine that is trained (by `.mvn/first-use.sh`) runs without C2. Profiles in the cache (JEP
  /// 515) would have C2 compile what only start-up needs, at the time that start-up needs the
  /// cores: that doubles what a start takes of them. Without, C2 begins when something is used
  /// much.
  private static List<String> startUpCache(Places places) {
    String training = System.getProperty("davit.engine.training");
    return training == null
        ? List.of("-XX:AOTCache=" + places.home().resolve("target/engine.aot"))
        : List.of("-XX:TieredStopAtLevel=1", "-XX:AOTCacheOutput=" + training);
  }

  private boolean lostRace() {
    return printed().contains("is held by");
  }

  /// Why the engine did not start: its own words, the last lines of them.
  private String reason() {
    String printed = printed();
    if (printed.isEmpty()) {
      return "engine did not start";
    }
    String[] lines = printed.split("\n", -1);
    var tail = new StringBuilder(printed.startsWith("davit: ") ? "" : "engine did not start:\n");
    for (int i = Math.max(0, lines.length - 20); i < lines.length; i++) {
      tail.append(lines[i]).append('\n');
    }
    return tail.toString().stripTrailing();
  }

  private String printed() {
    try {
      return Files.readString(places.output()).strip();
    } catch (IOException absent) {
      return "";
    }
  }

  private static void close(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was sent yet.
    }
  }
}
