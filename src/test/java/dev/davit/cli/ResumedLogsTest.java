package dev.davit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cli.stack.LogMarks;
import dev.davit.cli.stack.LogPrinter;
import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Mark;
import dev.davit.engine.Logs.Stream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The engine ends while it shows logs, and the next one goes on.
class ResumedLogsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /// What a client has seen, and where the command stood with that.
  private static final class Client implements Screen {
    private final StringBuilder seen = new StringBuilder();
    private final Map<String, String> known = new HashMap<>();

    @Override
    public boolean show(boolean error, byte[] bytes, String key, String value) {
      seen.append(new String(bytes, UTF_8));
      known.put(key, value);
      return true;
    }

    @Override
    public Map<String, String> resumed() {
      return Map.copyOf(known);
    }

    @Override
    public Size size() {
      return Size.USUAL;
    }

    @Override
    public void mode(Mode mode) {}

    @Override
    public HostProgram run(String command, Path directory, boolean piped) {
      throw new IllegalStateException(command);
    }

    private Session session() {
      var streams =
          new Session.Streams(
              InputStream.nullInputStream(),
              OutputStream.nullOutputStream(),
              OutputStream.nullOutputStream());
      var ttys = new Invocation.Ttys(false, false, false);
      var invocation = new Invocation(List.of(), Path.of("/"), Map.of(), ttys);
      return new Session(invocation, streams, this, _ -> {});
    }
  }

  // An engine that shows some lines behind those that the client has seen, and ends.
  private static void show(Client client, List<LogLine> all, int most) {
    Session session = client.session();
    var marks = new LogMarks(session);
    var printer =
        new LogPrinter(session, new LogPrinter.Style(false, false, false), Optional.of(marks));
    marks.begin(printer);
    int from = marks.behind("c").map(mark -> behind(all, mark)).orElse(0);
    all.subList(from, Math.min(all.size(), from + most)).forEach(printer::print);
  }

  private static int behind(List<LogLine> all, Mark mark) {
    int left = mark.count();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).time().equals(mark.time()) && --left == 0) {
        return i + 1;
      }
    }
    return 0;
  }

  private static LogLine line(Stream stream, int second, String text, boolean partial) {
    return new LogLine("c", stream, NOON.plusSeconds(second), text, partial, Map.of());
  }

  private static List<LogLine> lines() {
    return List.of(
        line(Stream.STDOUT, 0, "one", false),
        line(Stream.STDOUT, 0, "", false),
        line(Stream.STDOUT, 0, "a long ", true),
        line(Stream.STDERR, 1, "and 7 : another ", true),
        line(Stream.STDOUT, 1, "line ", true),
        line(Stream.STDERR, 1, "one", false),
        line(Stream.STDERR, 2, "short", false),
        line(Stream.STDOUT, 2, "ends", false),
        line(Stream.STDOUT, 2, "last", false));
  }

  @Test
  void nothingIsLostAndNothingDoubledWhereverItEnds() {
    var whole = new Client();
    show(whole, lines(), 99);
    String expected = whole.seen.toString();
    assertEquals(6, expected.lines().count());
    for (int first = 0; first < lines().size(); first++) {
      for (int second = 0; second < lines().size(); second++) {
        var client = new Client();
        show(client, lines(), first);
        show(client, lines(), second);
        show(client, lines(), 99);
        assertEquals(expected, client.seen.toString(), first + " and " + second);
      }
    }
  }

  @Test
  void theNextEngineKnowsWhenItBegan() {
    var client = new Client();
    assertEquals(NOON, new LogMarks(client.session()).begun(NOON));
    assertEquals(NOON, new LogMarks(client.session()).begun(NOON.plusSeconds(9)));
    assertTrue(new ArrayList<>(client.known.keySet()).contains("begun"));
  }
}
