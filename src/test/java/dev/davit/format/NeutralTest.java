package dev.davit.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NeutralTest {
  @Test
  void textLosesEveryControlSequence() {
    assertEquals(
        "a red b\tc", Neutral.text("a \033[31mred\033[0m\033[2J b\tc\033]0;title\007\033c\u009b"));
  }

  @Test
  void colouredKeepsColoursOnly() {
    assertEquals("\033[31mred\033[0m", Neutral.coloured("\033[31m\033[5Ared"));
    assertEquals("plain", Neutral.coloured("plain\r"));
  }
}
