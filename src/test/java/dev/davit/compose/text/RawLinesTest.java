package dev.davit.compose.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RawLinesTest {
  private static Map<String, String> parse(String text) {
    var values = new LinkedHashMap<String, String>();
    RawLines.parse(text, Map.of("OUTER", "o")::get)
        .forEach((key, it) -> values.put(key, it.text()));
    return values;
  }

  @Test
  void parseTakesLinesAsTheyAre() {
    assertEquals(
        Map.of("A", "\"x\" # $B ", "B", "", "OUTER", "o"),
        parse("\uFEFFA=\"x\" # $B \n# comment\n\n  B=\nOUTER\nGONE\n"));
  }

  @Test
  void parseWhenNameHasBlanksTellsLineAndName() {
    var e = assertThrows(Dotenv.LineException.class, () -> parse("A=1\nB =2\n"));
    assertEquals("blank in variable name \"B \"", e.what().text());
    assertEquals(2, e.in(Source.of("a.env")).line());
    assertEquals(
        "no variable name",
        assertThrows(Dotenv.LineException.class, () -> parse("=1")).what().text());
  }
}
