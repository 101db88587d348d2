package dev.davit.cli;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// The shell: command lines without the word `davit`, typed on a terminal, read from stdin or a
/// file, or given as one text.
final class Shell {
  private static final int SCRIPT_LIMIT = 4 << 20;

  private final Catalogue catalogue;
  private final Surroundings surroundings;

  Shell(Catalogue catalogue, Surroundings surroundings) {
    this.catalogue = catalogue;
    this.surroundings = surroundings;
  }

  @Command(
      name = "shell",
      description = "Type commands one after the other, with completion, or run a script of them",
      completionProvider = "paths",
      help =
          """
          In the shell and in scripts:
            up -d && ps; logs web      one after the other, as in sh, with quotes and # comments
            logs api | grep error      through programs of the host
            config > all.yaml          into a file of the host; also >>, 2>, 2>&1, &>, <
            !COMMAND                   the rest of the line is a command of the host
            cd DIR                     to another directory, and so to its project
            use [-f FILE] [-p NAME]    another project; without arguments the first one again
            exit [CODE]                end; Ctrl-D too
          """)
  @Usage("[FILE]")
  int shell(
      Session session,
      @Option(shortName = 'c', longName = "command", description = "Run these commands")
          @Nullable String command,
      @Option(shortName = 'e', longName = "errexit", description = "Stop at the first failure")
          boolean stopAtFailure,
      @Argument(index = 0) @Nullable String file)
      throws IOException {
    if (command != null && file != null) {
      throw new UsageException("--command and FILE cannot be used together", null);
    }
    var commands = new CommandLine(catalogue);
    var state = new ShellState(session.cwd(), session.globals());
    if (command == null && file == null && session.ttys().stdin() && session.ttys().stdout()) {
      return new ShellTerminal(session, commands, state, catalogue, surroundings)
          .run(stopAtFailure);
    }
    var jobs = new ShellJobs(session, Console.of(session), commands, state);
    var runner = new ScriptRunner(jobs, state, stopAtFailure);
    if (command != null) {
      runner.run(command, "-c");
    } else if (file != null) {
      runner.run(read(session.cwd().resolve(file)), file);
    } else {
      onLines(session, runner);
    }
    return runner.last();
  }

  private static String read(Path file) throws IOException {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > SCRIPT_LIMIT) {
        throw new DavitException(Kind.INVALID, "script \"" + file + "\" is too large");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new DavitException(Kind.NOT_FOUND, "no such file: \"" + file + "\"");
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new DavitException(Kind.INVALID, "script \"" + file + "\" is no UTF-8 text");
    }
  }

  // Each command when its line is there: what writes the lines may wait for what they do.
  private static void onLines(Session session, ScriptRunner runner) throws IOException {
    var text = new StringBuilder();
    int done = 0;
    try {
      while (session.isOpen() && !runner.isOver()) {
        text.append(session.readInput()).append('\n');
        done++;
        if (!ShellParser.isUnfinished(text.toString())) {
          runner.run("\n".repeat(done - lines(text)) + text, "stdin");
          text.setLength(0);
        }
      }
    } catch (EOFException end) {
      if (!text.isEmpty()) {
        runner.run("\n".repeat(done - lines(text)) + text, "stdin");
      }
    }
  }

  private static int lines(CharSequence text) {
    return (int) text.chars().filter(c -> c == '\n').count();
  }

  /// Where the project's history is kept.
  static Path history(Session session, String project) {
    Path home = Path.of(session.env("HOME").orElse("/root"));
    return session
        .env("DAVIT_HISTORY")
        .map(Path::of)
        .orElseGet(
            () ->
                session
                    .env("XDG_STATE_HOME")
                    .filter(text -> text.startsWith("/"))
                    .map(Path::of)
                    .orElse(home.resolve(".local/state"))
                    .resolve("davit/history")
                    .resolve(project.isEmpty() ? "-" : project));
  }
}
