package dev.davit.cli;

import dev.davit.cli.script.ScriptParser;
import dev.davit.cli.script.ScriptSyntaxException;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Tells JLine when what is typed goes on in another line, and what the words before the cursor
/// are.
final class ShellParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && isUnfinished(line)) {
      throw new EOFError(-1, -1, "the command goes on", "");
    }
    return TypedLine.of(line, Math.clamp(cursor, 0, line.length()));
  }

  @Override
  public boolean isEscapeChar(char c) {
    return c == '\\';
  }

  static boolean isUnfinished(String text) {
    try {
      var _ = ScriptParser.parse(text);
      return false;
    } catch (ScriptSyntaxException e) {
      return e.unfinished();
    }
  }
}
