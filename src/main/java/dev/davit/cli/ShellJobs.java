package dev.davit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/// Runs the shell's commands, one at a time, each in a session of its own on the shell's terminal.
final class ShellJobs implements Screen {
  private final Session shell;
  private final Terminal terminal;
  private final CommandLine commands;
  private volatile @Nullable Session current;
  private @Nullable Attributes cooked;

  ShellJobs(Session shell, Terminal terminal, CommandLine commands) {
    this.shell = shell;
    this.terminal = terminal;
    this.commands = commands;
    resized(shell.size());
    shell.onResize(this::resized);
    shell.onSignal(this::deliver);
    terminal.handle(Terminal.Signal.INT, _ -> deliver(Signal.INT));
    terminal.handle(Terminal.Signal.QUIT, _ -> deliver(Signal.QUIT));
  }

  /// Runs the command and returns its exit code; at once where a signal ends it.
  int run(List<String> words) throws InterruptedException {
    var code = new CompletableFuture<Integer>();
    var streams = new Session.Streams(terminal.input(), new Output(code), new Output(code));
    var session =
        new Session(
            shell.invocation().withArgv(words),
            streams,
            this,
            signal -> code.complete(signal.exitCode()));
    current = session;
    try {
      Thread.ofPlatform()
          .daemon()
          .name("shell command")
          .start(() -> code.complete(commands.run(words, session, shell.globals())));
      return code.join();
    } finally {
      current = null;
      terminal.flush();
    }
  }

  private void deliver(Signal signal) {
    Session session = current;
    if (session == null) {
      return;
    } else if (signal == Signal.HUP) {
      session.hangUp();
    } else {
      session.deliver(signal);
    }
  }

  private void resized(Size size) {
    terminal.setSize(org.jline.terminal.Size.of(size.columns(), size.rows()));
    terminal.raise(Terminal.Signal.WINCH);
    Session session = current;
    if (session != null) {
      session.resized(size);
    }
  }

  @Override
  public Size size() {
    return shell.size();
  }

  @Override
  public synchronized void raw(boolean on) {
    if (on && cooked == null) {
      cooked = terminal.enterRawMode();
    } else if (!on && cooked != null) {
      terminal.setAttributes(cooked);
      cooked = null;
    }
  }

  /// The terminal, for as long as the command has not ended.
  private final class Output extends OutputStream {
    private final CompletableFuture<Integer> code;

    Output(CompletableFuture<Integer> code) {
      this.code = code;
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
      terminal.output().write(bytes, offset, length);
      terminal.output().flush();
    }
  }
}
