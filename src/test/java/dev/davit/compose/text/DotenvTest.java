package dev.davit.compose.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DotenvTest {
  private static final Dotenv.Lookup LOOKUP =
      new Dotenv.Lookup() {
        @Override
        public @Nullable String get(String name) {
          return Map.of("OUTER", "o").get(name);
        }

        @Override
        public @Nullable String earlier(String name) {
          return Map.of("BEFORE", "b").get(name);
        }
      };

  private static Map<String, String> parse(String text) {
    var values = new LinkedHashMap<String, String>();
    Dotenv.parse(text, LOOKUP).forEach((key, it) -> values.put(key, it.text()));
    return values;
  }

  @Test
  void plainLines() {
    assertEquals(
        Map.of("A", "1", "B", "x y", "C", "", "D", "a#b", "E", "e", "F.g-h", "f"),
        parse("\uFEFF# comment\nA=1\n B = x y  # c\nC=\nD=a#b\nexport E=e\nF.g-h: f\r\n"));
  }

  @Test
  void quotes() {
    assertEquals(
        Map.of("A", "$OUTER 'x'", "B", "o\n\"x\" $y", "C", "two\nlines", "D", "v"),
        parse("A='$OUTER \\'x\\''\nB=\"$OUTER\\n\\\"x\\\" \\$y\"\nC='two\nlines'\nD=\"v\" # c\n"));
  }

  @Test
  void variablesComeFromOutsideThenFromAbove() {
    assertEquals(
        Map.of("A", "o", "OUTER", "mine", "B", "o-o", "C", "d"),
        parse("A=$OUTER\nOUTER=mine\nB=${OUTER}-$A\nC=${GONE:-d}\n"));
  }

  @Test
  void whatTheFileSaysWinsOverEarlierFiles() {
    assertEquals(
        Map.of("A", "b", "BEFORE", "mine", "B", "mine"),
        parse("A=$BEFORE\nBEFORE=mine\nB=$BEFORE\n"));
  }

  @Test
  void escapesBetweenDoubleQuotes() {
    assertEquals(
        Map.of("A", "A\t\\", "B", "\\c\\08", "C", "\\0101"),
        parse("A=\"\\0101\\t\\\\\"\nB=\"\\c\\08\"\nC='\\0101'\n"));
  }

  @Test
  void commentNeedsABlankBeforeIt() {
    assertEquals(
        Map.of("A", "#c", "B", "#", "C", "x", "D", "x\t#y"), parse("A=#c\nB= #\nC=x #\nD=x\t#y\n"));
  }

  @Test
  void namesMayHaveLettersOfAnyLanguage() {
    assertEquals(Map.of("größe", "1"), parse("größe=1\n"));
  }

  @Test
  void assignmentsMayShareALineBehindAQuote() {
    assertEquals(Map.of("A", "1", "B", "2"), parse("A=\"1\" B='2'\n"));
  }

  @Test
  void lettersOfAnyLanguageMakeANameAndAnySpaceSurroundsIt() {
    assertEquals(Map.of("\u00e4", "1"), parse("\u00a0\u00e4\t:\u0085 1\u00a0\u2028\n"));
  }

  @Test
  void lastLineNeedsNoEnd() {
    assertEquals(Map.of("OUTER", "o"), parse("OUTER"));
    assertEquals(Map.of(), parse("export"));
  }

  @Test
  void keyAloneIsInheritedOrAbsent() {
    assertEquals(Map.of("OUTER", "o"), parse("OUTER\nGONE\n"));
  }

  @Test
  void mistakesHaveTheirLine() {
    assertEquals(3, line("A=1\n\nB%=1\n"));
    assertEquals(2, line("A=1\nB='x\n\n"));
    assertEquals(1, line("A B=1\n"));
    assertEquals(1, line("A # no value\n"));
    assertEquals(2, line("\n=1\n"));
    assertEquals(1, line("A=\"x\"y\n"));
    assertEquals(1, line("A='x' 'y'\n"));
  }

  private static int line(String text) {
    return assertThrows(Dotenv.LineException.class, () -> parse(text))
        .in(Source.of("a.env"))
        .line();
  }
}
