package dev.davit.cli.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class NeutralStreamTest {
  private static String shown(String written, int piece) throws Exception {
    var out = new ByteArrayOutputStream();
    var neutral = new NeutralStream(out);
    byte[] bytes = written.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i += piece) {
      neutral.write(bytes, i, Math.min(piece, bytes.length - i));
    }
    return out.toString(UTF_8);
  }

  private static void check(String expected, String written) throws Exception {
    assertEquals(expected, shown(written, 1));
    assertEquals(expected, shown(written, 1000));
  }

  @Test
  void textAndColoursStay() throws Exception {
    check("a\tb\r\nä – 日本 \u00a0", "a\tb\r\nä – 日本 \u00a0");
    check("\033[1;31mred\033[0m", "\033[1;31mred\033[0m");
  }

  @Test
  void everythingElseIsLeftOut() throws Exception {
    check("ab", "a\033[2J\033[Hb");
    check("ab", "a\033]0;title\007b");
    check("ab", "a\033]52;c;AAAA\033\\b");
    check("ab", "a\033Pq#\033[31m\033\\b");
    check("ab", "a\033(B\033cb");
    check("ab", "a\u009b\b\007\u007fb");
    check("ab", "a\033[?1049hb");
  }
}
