package dev.davit.cli;

import dev.davit.cli.Surroundings.Notice;
import dev.davit.cli.Surroundings.View;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The shell on a terminal: prompt, history, completion, notices. The client's terminal is raw
/// then, and JLine's line discipline does in the engine what a terminal does elsewhere.
final class ShellTerminal {
  private static final Logger LOG = LoggerFactory.getLogger(ShellTerminal.class);

  private final Session shell;
  private final CommandLine commands;
  private final ShellState state;
  private final Catalogue catalogue;
  private final Surroundings surroundings;
  private volatile View view = View.NONE;
  private volatile Instant prompted = Instant.MAX;
  private Optional<String> remembered = Optional.empty();

  ShellTerminal(
      Session shell,
      CommandLine commands,
      ShellState state,
      Catalogue catalogue,
      Surroundings surroundings) {
    this.shell = shell;
    this.commands = commands;
    this.state = state;
    this.catalogue = catalogue;
    this.surroundings = surroundings;
  }

  /// Reads and runs lines until the end; returns the last exit code.
  int run(boolean stopAtFailure) throws IOException {
    String type = shell.env("TERM").orElse("xterm");
    try (var _ = shell.raw();
        var terminal =
            new ExternalTerminal(
                "davit",
                type,
                shell.in(),
                new BufferedOutputStream(shell.out()),
                StandardCharsets.UTF_8)) {
      var out = new Flushing(terminal);
      var console =
          new Console(
              terminal.input(), out, out, shell.ttys(), new Window(shell.screen(), terminal));
      var jobs = new ShellJobs(shell, console, commands, state);
      terminal.handle(Terminal.Signal.INT, _ -> jobs.deliver(Signal.INT));
      terminal.handle(Terminal.Signal.QUIT, _ -> jobs.deliver(Signal.QUIT));
      resized(terminal, jobs, shell.size());
      shell.onResize(size -> resized(terminal, jobs, size));
      LineReaderImpl reader = reader(terminal, jobs);
      try (AutoCloseable _ = surroundings.watch(notice -> notice(reader, notice))) {
        int last = loop(reader, terminal, jobs, stopAtFailure);
        save(reader);
        return last;
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private LineReaderImpl reader(Terminal terminal, ShellJobs jobs) {
    return (LineReaderImpl)
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("davit")
            .parser(new ShellParser())
            .completer(
                new ShellCompleter(catalogue, () -> jobs.session(List.of(), Optional.empty())))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
            .option(LineReader.Option.INSERT_TAB, false)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  private int loop(
      LineReaderImpl reader, Terminal terminal, ShellJobs jobs, boolean stopAtFailure) {
    var runner = new ScriptRunner(jobs, state, stopAtFailure);
    while (!runner.isOver()) {
      try {
        look(reader, jobs);
        prompted = Instant.now();
        String line = reader.readLine(prompt());
        prompted = Instant.MAX;
        runner.run(line, "");
      } catch (UserInterruptException e) {
        runner.last(Signal.INT.exitCode());
      } catch (EndOfFileException e) {
        break;
      } finally {
        terminal.flush();
      }
    }
    return runner.last();
  }

  /// Another project has another history.
  private void look(LineReaderImpl reader, ShellJobs jobs) {
    View seen = surroundings.view(jobs.session(List.of(), Optional.empty()));
    view = seen;
    if (remembered.filter(seen.project()::equals).isEmpty()) {
      save(reader);
      remembered = Optional.of(seen.project());
      Path file = Shell.history(shell, seen.project());
      reader.setVariable(LineReader.HISTORY_FILE, file);
      var history = new DefaultHistory();
      reader.setHistory(history);
      history.attach(reader);
    }
  }

  private void save(LineReaderImpl reader) {
    if (remembered.isEmpty()) {
      return;
    }
    try {
      Path file = (Path) reader.getVariable(LineReader.HISTORY_FILE);
      Files.createDirectories(
          file.toAbsolutePath().getParent(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      reader.getHistory().save();
    } catch (IOException e) {
      LOG.warn("the shell's history is not kept", e);
    }
  }

  private String prompt() {
    String project = view.project();
    String counts = view.state();
    return (project.isEmpty() ? "davit" : project) + (counts.isEmpty() ? "" : " " + counts) + "> ";
  }

  // What the shell's own command does is no news; what happens while a line is typed is.
  private void notice(LineReaderImpl reader, Notice notice) {
    if (!notice.project().equals(view.project())
        || notice.time().isBefore(prompted)
        || !reader.isReading()) {
      return;
    }
    reader.setPrompt(prompt());
    if (notice.text().isEmpty()) {
      reader.redisplay();
    } else {
      reader.printAbove(notice.text());
    }
  }

  private static void resized(Terminal terminal, ShellJobs jobs, Size size) {
    terminal.setSize(org.jline.terminal.Size.of(size.columns(), size.rows()));
    terminal.raise(Terminal.Signal.WINCH);
    jobs.resized(size);
  }

  /// The client's window, whose mode is that of JLine's line discipline.
  private static final class Window implements Screen {
    private final Screen client;
    private final Terminal terminal;
    private @Nullable Attributes cooked;

    Window(Screen client, Terminal terminal) {
      this.client = client;
      this.terminal = terminal;
    }

    @Override
    public Size size() {
      return client.size();
    }

    @Override
    public synchronized void mode(Mode mode) {
      if (cooked != null) {
        terminal.setAttributes(cooked);
        cooked = null;
      }
      if (mode != Mode.LINES) {
        cooked = terminal.enterRawMode();
        // What runs in a container has a terminal of its own, which makes signals and line ends.
        Attributes raw = terminal.getAttributes();
        raw.setLocalFlag(Attributes.LocalFlag.ISIG, mode == Mode.KEYS);
        raw.setOutputFlag(Attributes.OutputFlag.OPOST, mode == Mode.KEYS);
        terminal.setAttributes(raw);
      }
    }

    @Override
    public HostProgram run(String command, Path directory, boolean piped) throws IOException {
      terminal.flush();
      return client.run(command, directory, piped);
    }
  }

  /// The terminal's output, shown at once.
  private static final class Flushing extends OutputStream {
    private final Terminal terminal;

    Flushing(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      terminal.output().write(bytes, offset, length);
      terminal.output().flush();
    }
  }
}
