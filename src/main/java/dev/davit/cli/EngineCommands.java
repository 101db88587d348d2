package dev.davit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// Commands about the engine itself. `engine start` and, while there is no engine, the others are
/// answered by the client.
public final class EngineCommands {
  private final EngineIdentity engine;
  private final Runnable stop;

  /// @param stop ends the engine soon after it was called
  public EngineCommands(EngineIdentity engine, Runnable stop) {
    this.engine = engine;
    this.stop = stop;
  }

  enum Format {
    PRETTY,
    JSON
  }

  @Command(name = "version", description = "Show Davit's version")
  void version(
      Session session,
      @Option(
              shortName = 'f',
              defaultValue = "pretty",
              description = "Format of the output (pretty|json)")
          Format format,
      @Option(longName = "short", description = "Show the version's number only") boolean number) {
    if (format == Format.JSON) {
      session.println("{\"version\":\"" + engine.version() + "\"}");
    } else {
      session.println((number ? "" : "Davit version ") + engine.version());
    }
  }

  @Command(
      name = {"engine", "start"},
      description = "Start the engine if it is not running")
  void start(Session session) {
    session.println("engine is running, pid " + engine.pid());
  }

  @Command(
      name = {"engine", "status"},
      description = "Show whether the engine is running, and where")
  void status(Session session) throws IOException {
    session.print(
        """
        engine is running
        pid      %d
        since    %s
        version  %s (build %s)
        root     %s
        run      %s
        memory   %s
        """
            .formatted(
                engine.pid(),
                engine.started().truncatedTo(ChronoUnit.SECONDS),
                engine.version(),
                engine.build(),
                engine.root(),
                engine.run(),
                residentMemory()));
  }

  @Command(
      name = {"engine", "logs"},
      description = "Show the engine's own log")
  int logs(
      Session session,
      @Option(shortName = 'f', description = "Follow what is added") boolean follow,
      @Option(shortName = 'n', defaultValue = "-1", description = "Lines from the end, -1 for all")
          int tail)
      throws IOException, InterruptedException {
    var log = new EngineLog(engine.root());
    log.copy(session.out(), tail);
    return follow ? log.follow(session) : 0;
  }

  @Command(
      name = {"engine", "stop"},
      description = "Stop the engine; containers keep running")
  void stop(Session session) {
    session.println("engine is stopping, containers keep running");
    stop.run();
  }

  private static String residentMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB";
      }
    }
    return "unknown";
  }
}
