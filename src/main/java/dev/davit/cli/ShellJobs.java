package dev.davit.cli;

import dev.davit.cli.script.Command;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the shell's commands, one at a time, each in a session of its own on the shell's console.
final class ShellJobs {
  private final Session shell;
  private final Console console;
  private final CommandLine commands;
  private final ShellState state;
  private volatile @Nullable Session current;
  private volatile boolean interrupted;

  ShellJobs(Session shell, Console console, CommandLine commands, ShellState state) {
    this.shell = shell;
    this.console = console;
    this.commands = commands;
    this.state = state;
    shell.onSignal(this::deliver);
  }

  /// Whether Ctrl-C came since this was asked last.
  boolean wasInterrupted() {
    boolean was = interrupted;
    interrupted = false;
    return was;
  }

  /// A session on the console for what the shell does itself.
  Session session(List<String> words, Optional<Origin> origin) {
    var streams = new Session.Streams(console.in(), console.out(), console.err());
    return session(words, origin, streams, console.ttys(), _ -> {});
  }

  private Session session(
      List<String> words,
      Optional<Origin> origin,
      Session.Streams streams,
      Invocation.Ttys ttys,
      Consumer<Signal> unhandled) {
    var invocation =
        new Invocation(words, state.cwd(), shell.env(), ttys, shell.invocation().witness());
    var session = new Session(invocation, streams, console.screen(), unhandled);
    session.use(words, state.globals());
    session.standsAt(origin);
    return session;
  }

  /// Runs the command and returns its exit code, or that of the program that it is piped to; at
  /// once where a signal ends it. Throws where a stream cannot be opened.
  int run(Command.Own command, Optional<Origin> origin) throws IOException {
    int code;
    CompletableFuture<Integer> piped;
    try (JobStreams streams = JobStreams.open(command, console, state.cwd())) {
      piped = streams.host().map(HostProgram::exit).orElse(new CompletableFuture<>());
      code = run(command.argv(), origin, streams);
      if (streams.host().isEmpty()) {
        piped.complete(code);
      }
    }
    return piped.join();
  }

  private int run(List<String> words, Optional<Origin> origin, JobStreams streams) {
    var code = new CompletableFuture<Integer>();
    Session session =
        session(
            words,
            origin,
            new Session.Streams(
                streams.in(), new Output(code, streams.out()), new Output(code, streams.err())),
            streams.ttys(),
            signal -> code.complete(signal.exitCode()));
    current = session;
    try {
      // What nobody reads any more may end, as SIGPIPE would have it.
      streams
          .host()
          .ifPresent(
              host -> {
                var _ = host.exit().thenRun(session::hangUp);
              });
      Thread.ofPlatform()
          .daemon()
          .name("shell command")
          .start(() -> code.complete(commands.run(words, session, state.globals())));
      return code.join();
    } finally {
      current = null;
    }
  }

  /// Runs a command line of the host and returns its exit code.
  int runOnHost(String command) throws IOException {
    return console.screen().run(command, state.cwd(), false).exit().join();
  }

  /// Gives a signal to the command that runs.
  void deliver(Signal signal) {
    if (signal == Signal.INT) {
      interrupted = true;
    }
    Session session = current;
    if (session == null) {
      return;
    } else if (signal == Signal.HUP) {
      session.hangUp();
    } else {
      session.deliver(signal);
    }
  }

  void resized(Size size) {
    Session session = current;
    if (session != null) {
      session.resized(size);
    }
  }

  /// A stream of the console, for as long as the command has not ended.
  private static final class Output extends OutputStream {
    private final CompletableFuture<Integer> code;
    private final OutputStream target;

    Output(CompletableFuture<Integer> code, OutputStream target) {
      this.code = code;
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (code.isDone()) {
        throw new IOException("command has ended");
      }
      target.write(bytes, offset, length);
      target.flush();
    }
  }
}
