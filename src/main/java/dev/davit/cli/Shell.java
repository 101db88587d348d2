package dev.davit.cli;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.impl.ExternalTerminal;
import org.springframework.shell.core.command.annotation.Command;

/// The interactive shell: command lines without the word `davit`. On a terminal it has history and
/// completion; the client's terminal is raw then, and JLine's line discipline does in the engine
/// what a terminal does elsewhere. Without a terminal it reads plain lines.
final class Shell {
  private static final String PROMPT = "davit> ";

  private final Catalogue catalogue;

  Shell(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Command(name = "shell", description = "Type commands one after the other, with completion")
  int shell(Session session) throws IOException, InterruptedException {
    var commands = new CommandLine(catalogue);
    return session.ttys().stdin() && session.ttys().stdout()
        ? onTerminal(session, commands)
        : onLines(session, commands);
  }

  private static int onLines(Session session, CommandLine commands) throws IOException {
    int last = 0;
    try {
      while (session.isOpen()) {
        List<String> words = ShellWords.split(session.readInput());
        if (isExit(words)) {
          break;
        } else if (!words.isEmpty() && !words.getFirst().equals("shell")) {
          last = commands.run(words, session, session.globals());
        }
      }
    } catch (EOFException end) {
      // The input's end is the shell's.
    }
    return last;
  }

  private int onTerminal(Session session, CommandLine commands)
      throws IOException, InterruptedException {
    String type = session.env("TERM").orElse("xterm");
    try (var _ = session.raw();
        var terminal =
            new ExternalTerminal(
                "davit",
                type,
                session.in(),
                new BufferedOutputStream(session.out()),
                StandardCharsets.UTF_8)) {
      var jobs = new ShellJobs(session, terminal, commands);
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("davit")
              .completer(new ShellCompleter(catalogue, session))
              .variable(LineReader.HISTORY_FILE, history(session))
              .option(LineReader.Option.INSERT_TAB, false)
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      int last = loop(reader, jobs);
      reader.getHistory().save();
      return last;
    }
  }

  private static int loop(LineReader reader, ShellJobs jobs) throws InterruptedException {
    int last = 0;
    while (true) {
      try {
        List<String> words = ShellWords.split(reader.readLine(PROMPT));
        if (isExit(words)) {
          return last;
        } else if (!words.isEmpty() && !words.getFirst().equals("shell")) {
          last = jobs.run(words);
        }
      } catch (UserInterruptException e) {
        last = Signal.INT.exitCode();
      } catch (EndOfFileException e) {
        return last;
      }
    }
  }

  private static boolean isExit(List<String> words) {
    return words.equals(List.of("exit")) || words.equals(List.of("quit"));
  }

  private static Path history(Session session) {
    return session
        .env("DAVIT_HISTORY")
        .map(Path::of)
        .orElseGet(() -> Path.of(session.env("HOME").orElse("/root"), ".davit_history"));
  }
}
