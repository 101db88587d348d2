package dev.davit.cli.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.cli.script.Script.Step;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptParserTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a  b                   ~ [a, b]",
        "'a  b' c               ~ [a  b, c]",
        "a\\ b                  ~ [a b]",
        "\"a\\\"b\"             ~ [a\"b]",
        "\"a\\b\"               ~ [a\\b]",
        "'a\\b'                 ~ [a\\b]",
        "a''b                   ~ [ab]",
        "'' a                   ~ [, a]",
        "a; b;                  ~ [a] ALWAYS [b]",
        "a && b || c            ~ [a] AND [b] OR [c]",
        "a # b; c               ~ [a]",
        "a#b                    ~ [a#b]",
        "a | grep 'x;y' | wc; b ~ [a] |grep 'x;y' | wc ALWAYS [b]",
        "a | (b; c) && d        ~ [a] |(b; c) AND [d]",
        "a > f 2>&1             ~ [a] OUTPUT f ERROR &",
        "a 2>>f b               ~ [a, b] ERROR >>f",
        "a &>f <g               ~ [a] BOTH f INPUT g",
        "a; !ls | wc; pwd       ~ [a] ALWAYS !ls | wc; pwd",
      })
  void parse(String text, String expected) {
    assertEquals(expected, print(ScriptParser.parse(text)));
  }

  @Test
  void linesAreCommandsUnlessTheyGoOn() {
    assertEquals(
        "[a] ALWAYS [b, c] AND [d]", print(ScriptParser.parse("a\n\n# x\nb \\\n c &&\n\n d\n")));
  }

  @Test
  void wordsKnowTheirPlaces() {
    var script = ScriptParser.parse("up -d\n\n  logs 'ö 1' x");
    var logs = (Command.Own) script.steps().get(1).command();
    assertEquals(
        "[Word[text=logs, line=3, column=3, endColumn=7],"
            + " Word[text=ö 1, line=3, column=8, endColumn=13],"
            + " Word[text=x, line=3, column=14, endColumn=15]]",
        logs.words().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a 'b      ~ 1:3 unfinished: quote ' is not closed",
        "a \\      ~ 1:3 unfinished: nothing behind the backslash",
        "a &&      ~ 1:5 unfinished: a command is missing",
        "a |       ~ 1:3 unfinished: a host program is missing behind \"|\"",
        "a ;; b    ~ 1:3: a command is missing before \";\"",
        "| a       ~ 1:1: a command is missing before \"|\"",
        "a & b     ~ 1:3: commands do not run in the background here",
        "a >       ~ 1:4: the name of a file is missing",
        "!         ~ 1:2: a host command is missing behind \"!\"",
      })
  void refuse(String text, String expected) {
    var e = assertThrows(ScriptSyntaxException.class, () -> ScriptParser.parse(text));
    assertEquals(
        expected,
        "%d:%d%s: %s"
            .formatted(e.line(), e.column(), e.unfinished() ? " unfinished" : "", e.getMessage()));
  }

  private static String print(Script script) {
    return script.steps().stream()
        .map(
            step ->
                (step.equals(script.steps().getFirst()) ? "" : step.joint() + " ") + print(step))
        .collect(Collectors.joining(" "));
  }

  private static String print(Step step) {
    return switch (step.command()) {
      case Command.Host(String line) -> "!" + line;
      case Command.Own own ->
          own.argv()
              + own.redirections().stream()
                  .map(ScriptParserTest::print)
                  .collect(Collectors.joining())
              + own.pipe().map(pipe -> " |" + pipe).orElse("");
    };
  }

  private static String print(Redirection redirection) {
    return " "
        + redirection.stream()
        + " "
        + (redirection.append() ? ">>" : "")
        + redirection.file().map(Word::text).orElse("&");
  }
}
