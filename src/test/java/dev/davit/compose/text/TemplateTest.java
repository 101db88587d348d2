package dev.davit.compose.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemplateTest {
  private final List<String> unset = new ArrayList<>();

  private final Template.Variables variables =
      new Template.Variables() {
        private final Map<String, String> values = Map.of("A", "a", "EMPTY", "");

        @Override
        public @Nullable String get(String name) {
          return values.get(name);
        }

        @Override
        public void unset(String name, int offset) {
          unset.add(name + "@" + offset);
        }
      };

  private void expands(String template, String text) {
    assertEquals(text, Template.expand(template, variables), template);
  }

  @Test
  void operators() {
    expands("$A-${A}$A", "a-aa");
    expands("${A:-x}${EMPTY:-x}${GONE:-x}", "axx");
    expands("${A-x}${EMPTY-x}${GONE-x}", "ax");
    expands("${A:+x}${EMPTY:+x}${GONE:+x}", "x");
    expands("${A+x}${EMPTY+x}${GONE+x}", "xx");
    expands("${A:?no}${EMPTY?no}", "a");
    assertEquals(List.of(), unset);
  }

  @Test
  void nested() {
    expands("${GONE:-<${EMPTY:-$A}>}", "<a>");
    expands("${A:-${GONE}}", "a");
    assertEquals(List.of(), unset);
  }

  /// docker compose expands them all the same, and so refuses `${SET:-${GONE:?}}`.
  @Test
  void whatDoesNotCountIsNotExpanded() {
    expands("${A:-${GONE:?no}}${GONE:+${GONE:?no}}", "a");
  }

  @Test
  void defaultsMayHaveSeveralLines() {
    expands("${GONE:-x\ny}", "x\ny");
  }

  @Test
  void dollarsThatAreNone() {
    expands("$$A $5 $} $", "$A $5 $} $");
    expands("100$$", "100$");
  }

  @Test
  void unsetOnesAreReported() {
    expands("x${GONE} $OFF", "x ");
    assertEquals(List.of("GONE@1", "OFF@9"), unset);
  }

  @Test
  void malformed() {
    for (String text : List.of("${", "${}", "${ A}", "${A!}", "${A", "${A:-x", "${A:x}")) {
      assertThrows(MalformedException.class, () -> Template.expand(text, variables), text);
    }
    var required =
        assertThrows(MalformedException.class, () -> Template.expand("${GONE:?set $A}", variables));
    assertEquals("required variable \"GONE\" is missing a value: set a", required.text());
  }
}
