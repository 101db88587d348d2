package dev.davit.cli;

import dev.davit.compose.load.ComposeLoader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandExecutionException;
import org.springframework.shell.core.command.CommandExecutor;

/// Runs one command line in a session: parse, execute, report. What goes wrong ends here, in
/// [Failure].
public final class CommandLine {
  private final Catalogue catalogue;
  private final ArgvParser parser;
  private final CommandExecutor executor;

  public CommandLine(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.parser = new ArgvParser(catalogue);
    this.executor = new CommandExecutor(catalogue.registry());
  }

  /// Runs what the client called for and returns the exit code. `davit` alone is the interactive
  /// shell on a terminal, else the help.
  int runSession(Session session) {
    List<String> argv = session.invocation().argv();
    boolean interactive = session.ttys().stdin() && session.ttys().stdout();
    List<String> words = argv.isEmpty() && interactive ? List.of("shell") : argv;
    try {
      return run(words, session, GlobalOptions.NONE.filled(session.env()));
    } catch (UsageException variable) {
      return Failure.report(variable, session);
    }
  }

  /// Runs the words after `davit` and returns the exit code, 0 to 255.
  ///
  /// @param base the global options that hold where the words say nothing
  int run(List<String> argv, Session session, GlobalOptions base) {
    session.invocation().witness().accept(argv);
    session.use(argv, base);
    try {
      return switch (parser.parse(argv)) {
        case Parsed.Help(String topic) -> {
          session.print(new HelpText(catalogue, helpWidth(session)).of(topic));
          yield 0;
        }
        case Parsed.Run run -> {
          GlobalOptions said = base.with(run.globals());
          session.knows(
              ComposeLoader.variables(
                  said.request(session.cwd(), session.env(), List.of(), () -> "")));
          session.use(argv, base.filled(session.variables()).with(run.globals()));
          yield execute(run, session);
        }
      };
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return failed(e, session, Failure.report(e, session));
    }
  }

  // The machine may be the reason; then who holds what it has no more of is worth a line.
  private int failed(Throwable failure, Session session, int code) {
    try {
      catalogue.surroundings().shortages(failure).forEach(session::warn);
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
    return code;
  }

  private static int helpWidth(Session session) {
    return session.ttys().stdout() ? session.size().columns() : Size.USUAL.columns();
  }

  private int execute(Parsed.Run run, Session session) throws Exception {
    var writer =
        new PrintWriter(new OutputStreamWriter(session.out(), StandardCharsets.UTF_8), false);
    try {
      return executor
              .execute(new CommandContext(run.input(), catalogue.registry(), writer, session))
              .code()
          & 0xff;
    } catch (CommandExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return failed(cause, session, Failure.report(cause, session, run.command()));
    } finally {
      writer.flush();
    }
  }
}
