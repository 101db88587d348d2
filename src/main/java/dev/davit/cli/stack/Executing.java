package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Size;
import dev.davit.cli.UsageException;
import dev.davit.engine.Execs;
import dev.davit.error.DavitException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Option;

/// Runs a further process in a container for the caller, with its terminal or its streams.
public final class Executing {
  private final Session session;
  private final Execs execs;
  private final Options options;

  /// How it runs there.
  public record Options(
      @Option(shortName = 'd', description = "Run the command in the background") boolean detach,
      @Option(shortName = 'e', description = "Set environment variables") List<String> env,
      @Option(description = "Give extended privileges to the process") boolean privileged,
      @Option(shortName = 'u', description = "Run the command as this user") @Nullable String user,
      @Option(shortName = 'w', description = "Path to workdir directory for this command")
          @Nullable String workdir) {}

  public Executing(Session session, Execs execs, Options options) {
    this.session = session;
    this.execs = execs;
    this.options = options;
  }

  /// Returns its exit code.
  ///
  /// @param input whether it gets the caller's stdin
  /// @param tty whether it gets a terminal
  public int run(String container, List<String> command, boolean input, boolean tty) {
    if (command.isEmpty()) {
      throw new UsageException("argument COMMAND is missing", null);
    }
    if (session.globals().dryRun()) {
      session.note("would execute: " + String.join(" ", command));
      return 0;
    }
    boolean terminal = tty && !options.detach();
    var config =
        new Execs.ExecConfig(
            command,
            environment(terminal),
            Optional.ofNullable(options.user()),
            Optional.ofNullable(options.workdir()),
            terminal,
            options.privileged());
    String id = execs.create(container, config);
    if (options.detach()) {
      var _ = execs.start(id, Execs.Streams.NONE);
      return 0;
    }
    InputStream in = input ? session.in() : InputStream.nullInputStream();
    var streams = new Execs.Streams(in, session.out(), session.err());
    return terminal ? onTerminal(id, streams) : piped(id, streams);
  }

  private int onTerminal(String id, Execs.Streams streams) {
    try (Session.TerminalMode _ = session.raw()) {
      session.onSignal(signal -> execs.kill(id, signal.name()));
      session.onResize(size -> resize(id, size));
      resize(id, session.size());
      return execs.start(id, streams).join();
    }
  }

  private void resize(String id, Size size) {
    try {
      execs.resize(id, size.rows(), size.columns());
    } catch (DavitException ended) {
      // It was faster than the window.
    }
  }

  private int piped(String id, Execs.Streams streams) {
    session.onSignal(signal -> execs.kill(id, signal.name()));
    return execs.start(id, streams).join();
  }

  private List<String> environment(boolean terminal) {
    var all = new ArrayList<String>();
    if (terminal) {
      all.add("TERM=" + session.env("TERM").orElse("xterm"));
    }
    for (String entry : options.env()) {
      all.add(
          entry.indexOf('=') >= 0
              ? entry
              : session.env(entry).map(value -> entry + "=" + value).orElse(entry));
    }
    return all;
  }
}
