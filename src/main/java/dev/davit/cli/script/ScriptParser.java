package dev.davit.cli.script;

import dev.davit.cli.script.Redirection.Stream;
import dev.davit.cli.script.Script.Joint;
import dev.davit.cli.script.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads scripts: commands joined by `;`, new lines, `&&` and `||`, with redirections, `|` to host
/// programs, `!` before host commands, and `#` comments.
public final class ScriptParser {
  private final String text;
  private final Characters in;
  private final WordReader words;
  private final List<Step> steps = new ArrayList<>();
  private Joint joint = Joint.ALWAYS;

  private ScriptParser(String text) {
    this.text = text;
    this.in = new Characters(text);
    this.words = new WordReader(in);
  }

  /// Throws [ScriptSyntaxException].
  public static Script parse(String text) {
    var parser = new ScriptParser(text);
    parser.script();
    return new Script(parser.steps);
  }

  private void script() {
    while (true) {
      blanks(true);
      if (in.atEnd()) {
        if (joint != Joint.ALWAYS) {
          throw in.unfinished("a command is missing", in.line(), in.column());
        }
        return;
      } else if (in.peek() == ';' && joint == Joint.ALWAYS && !in.startsWith(";;")) {
        in.next();
      } else {
        steps.add(new Step(joint, command()));
        joint = joint();
      }
    }
  }

  private Joint joint() {
    blanks(false);
    if (in.startsWith("&&")) {
      in.skip(2);
      return Joint.AND;
    } else if (in.startsWith("||")) {
      in.skip(2);
      return Joint.OR;
    } else if (in.peek() == '&') {
      throw in.wrong("commands do not run in the background here");
    }
    return Joint.ALWAYS;
  }

  private Command command() {
    return in.peek() == '!' ? host() : own();
  }

  /// All that is left of the line, as it is: it has a grammar of its own.
  private Command host() {
    in.next();
    int start = in.index();
    while (!in.atEnd() && (in.peek() != '\n' || in.peek(-1) == '\\')) {
      in.next();
    }
    String line = text.substring(start, in.index()).strip();
    if (line.isEmpty()) {
      throw in.wrong("a host command is missing behind \"!\"");
    }
    return new Command.Host(line);
  }

  private Command own() {
    var found = new ArrayList<Word>();
    var redirections = new ArrayList<Redirection>();
    while (true) {
      blanks(false);
      Optional<Redirection> redirection = redirection();
      if (redirection.isPresent()) {
        redirections.add(redirection.get());
      } else if (in.atEnd() || WordReader.ends(in.peek())) {
        break;
      } else {
        found.add(words.read());
      }
    }
    if (found.isEmpty()) {
      throw in.wrong(
          in.atEnd()
              ? "a command is missing"
              : "a command is missing before \"" + in.peek() + "\"");
    }
    return new Command.Own(found, redirections, pipe());
  }

  private Optional<Redirection> redirection() {
    if (in.startsWith("2>&1")) {
      in.skip(4);
      return Optional.of(new Redirection(Stream.ERROR, false, Optional.empty()));
    }
    Stream stream =
        switch (in.peek()) {
          case '<' -> Stream.INPUT;
          case '>' -> Stream.OUTPUT;
          case '1' -> in.peek(1) == '>' ? Stream.OUTPUT : null;
          case '2' -> in.peek(1) == '>' ? Stream.ERROR : null;
          case '&' -> in.peek(1) == '>' ? Stream.BOTH : null;
          default -> null;
        };
    if (stream == null) {
      return Optional.empty();
    }
    in.skip(in.peek() == '<' || in.peek() == '>' ? 1 : 2);
    boolean append = stream != Stream.INPUT && in.peek() == '>';
    in.skip(append ? 1 : 0);
    blanks(false);
    if (in.atEnd() || WordReader.ends(in.peek())) {
      throw in.wrong("the name of a file is missing");
    }
    return Optional.of(new Redirection(stream, append, Optional.of(words.read())));
  }

  /// What stands behind `|`, for the host's shell: up to the end of this command.
  private Optional<String> pipe() {
    if (in.peek() != '|' || in.peek(1) == '|') {
      return Optional.empty();
    }
    int line = in.line();
    int column = in.column();
    in.next();
    int start = in.index();
    skipHostCommand();
    String command = text.substring(start, in.index()).strip();
    if (command.isEmpty()) {
      throw in.unfinished("a host program is missing behind \"|\"", line, column);
    }
    return Optional.of(command);
  }

  private void skipHostCommand() {
    int depth = 0;
    while (!in.atEnd()) {
      char c = in.peek();
      if (depth == 0 && (c == ';' || c == '\n' || in.startsWith("&&") || in.startsWith("||"))) {
        return;
      } else if (c == '\'' || c == '"' || c == '\\') {
        words.skipQuoted();
      } else {
        depth += c == '(' ? 1 : 0;
        depth -= c == ')' ? 1 : 0;
        in.next();
      }
    }
  }

  /// Blanks, comments, escaped ends of lines and, where a command may begin, ends of lines.
  private void blanks(boolean lines) {
    while (true) {
      char c = in.peek();
      if (c == ' ' || c == '\t' || c == '\r' || (c == '\n' && lines)) {
        in.next();
      } else if (c == '\\' && in.peek(1) == '\n') {
        in.skip(2);
      } else if (c == '#') {
        while (!in.atEnd() && in.peek() != '\n') {
          in.next();
        }
      } else {
        return;
      }
    }
  }
}
