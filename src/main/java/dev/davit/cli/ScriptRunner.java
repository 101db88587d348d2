package dev.davit.cli;

import dev.davit.cli.script.Command;
import dev.davit.cli.script.Script;
import dev.davit.cli.script.Script.Joint;
import dev.davit.cli.script.Script.Step;
import dev.davit.cli.script.ScriptParser;
import dev.davit.cli.script.ScriptSyntaxException;
import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Place;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Runs scripts and keeps the exit code of the last command.
final class ScriptRunner {
  private final ShellJobs jobs;
  private final ShellBuiltins builtins;
  private final boolean stopAtFailure;
  private int last;
  private boolean over;

  /// @param stopAtFailure as `set -e` of a POSIX shell
  ScriptRunner(ShellJobs jobs, ShellState state, boolean stopAtFailure) {
    this.jobs = jobs;
    this.builtins = new ShellBuiltins(state);
    this.stopAtFailure = stopAtFailure;
  }

  /// The exit code of the last command.
  int last() {
    return last;
  }

  void last(int code) {
    last = code;
  }

  /// Whether nothing more is to be run: after `exit`, or where a failure stops it.
  boolean isOver() {
    return over;
  }

  /// Reads the whole text first, then runs it.
  ///
  /// @param file the script's name; empty for what a person types
  void run(String text, String file) {
    Script script;
    try {
      script = ScriptParser.parse(text);
    } catch (ScriptSyntaxException e) {
      report(e, text, file);
      over |= !file.isEmpty();
      return;
    }
    boolean _ = jobs.wasInterrupted();
    List<Step> steps = script.steps();
    for (int i = 0; i < steps.size() && !over; i++) {
      Step step = steps.get(i);
      if (step.joint() == Joint.ALWAYS || (step.joint() == Joint.AND) == (last == 0)) {
        boolean tested = i + 1 < steps.size() && steps.get(i + 1).joint() != Joint.ALWAYS;
        run(step.command(), origin(step.command(), text, file), tested);
        if (jobs.wasInterrupted()) {
          over |= !file.isEmpty();
          return;
        }
      }
    }
  }

  private static Optional<Origin> origin(Command command, String text, String file) {
    return !file.isEmpty() && command instanceof Command.Own own
        ? Optional.of(new Origin(file, text, own.words()))
        : Optional.empty();
  }

  private void run(Command command, Optional<Origin> origin, boolean tested) {
    List<String> words = command instanceof Command.Own own ? own.argv() : List.of();
    try {
      last =
          switch (command) {
            case Command.Host(String line) -> jobs.runOnHost(line);
            case Command.Own own -> run(own, words, origin);
          };
    } catch (IOException e) {
      var failure = new DavitException(Kind.UNAVAILABLE, String.valueOf(e.getMessage()));
      last = Failure.report(failure, jobs.session(words, origin));
    } catch (DavitException e) {
      last = Failure.report(e, jobs.session(words, origin));
    }
    if (stopAtFailure && last != 0 && !tested && builtins.exit().isEmpty()) {
      over = true;
    }
  }

  private int run(Command.Own command, List<String> words, Optional<Origin> origin)
      throws IOException {
    if (ShellBuiltins.knows(words.getFirst())) {
      int code = builtins.run(words, jobs.session(words, origin), last);
      over |= builtins.exit().isPresent();
      return code;
    } else if (words.getFirst().equals("shell")) {
      throw new DavitException(Kind.INVALID, "this is the shell already");
    }
    return jobs.run(command, origin);
  }

  private void report(ScriptSyntaxException failure, String text, String file) {
    last = 2;
    var place = new Place(file.isEmpty() ? "davit" : file, failure.line(), failure.column());
    Diagnostics.show(
        jobs.session(List.of(), Optional.empty()),
        new Problem(
            Code.USAGE,
            Severity.ERROR,
            place,
            "",
            String.valueOf(failure.getMessage()),
            Origin.line(text, failure.line()),
            null,
            List.of()));
  }
}
