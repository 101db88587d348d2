package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Four times the text is about four times the work, whatever the text is made of: what was
/// quadratic takes sixteen times as much. Counted are the bytes that the work has in its hands, and
/// the time of the processor with more room, for that is never the same.
class LinearTest {
  private static final int SMALL = 60_000;
  private static final double MOST = 8;
  private static final long NOISE_NANOS = 150_000_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final String WEB = "name: big\nservices:\n  web:\n    image: i\n";
  private static final String VALUE = WEB + "    environment:\n      X: ";

  @TempDir Path directory;

  private record Work(long bytes, long nanos) {}

  private static final Map<String, IntFunction<String>> TEXTS = texts();

  private static Map<String, IntFunction<String>> texts() {
    var texts = new TreeMap<String, IntFunction<String>>();
    texts.put("plain", n -> VALUE + "x".repeat(n));
    texts.put("plain, in words", n -> VALUE + "ab cd ".repeat(n / 6) + "e");
    texts.put("plain, over lines", n -> VALUE + "a\n" + "        bcd\n".repeat(n / 12));
    texts.put("plain, blanks behind it", n -> VALUE + "a" + " ".repeat(n));
    texts.put("single quotes", n -> VALUE + "'" + "x".repeat(n) + "'");
    texts.put("double quotes", n -> VALUE + "\"" + "x".repeat(n) + "\"");
    texts.put("double quotes, escapes", n -> VALUE + "\"" + "\\n".repeat(n / 2) + "\"");
    texts.put("quotes that are not closed", n -> VALUE + "\"" + "x".repeat(n));
    texts.put("an escape that is none", n -> VALUE + "\"" + "x".repeat(n) + "\\q\"");
    texts.put("no ASCII", n -> VALUE + "é😀".repeat(n / 3));
    texts.put("block, one line", n -> VALUE + "|\n        " + "x".repeat(n));
    texts.put("block, many lines", n -> VALUE + "|\n" + "        x\n".repeat(n / 10));
    texts.put("folded", n -> VALUE + ">\n" + "        x\n".repeat(n / 10));
    texts.put("a comment", n -> "#" + "c".repeat(n) + "\n" + WEB);
    texts.put("comments", n -> "# c\n".repeat(n / 4) + WEB);
    texts.put("empty lines", n -> "\n".repeat(n) + WEB);
    texts.put(
        "a long key", n -> WEB + "    environment:\n      ? " + "k".repeat(n) + "\n      : v");
    texts.put("a long anchor", n -> "x-a: &" + "a".repeat(n) + " 1\n" + WEB);
    texts.put("a long tag", n -> "x-a: !" + "a".repeat(n) + " 1\n" + WEB);
    texts.put("flow of items", n -> "x-a: [" + "a,".repeat(n / 2) + "]\n" + WEB);
    texts.put("flow of deep items", n -> "x-a: [" + deep().repeat(n / 161) + "]\n" + WEB);
    texts.put("flow with tabs", n -> "x-a: [" + "\t1,".repeat(n / 3) + "]\n" + WEB);
    texts.put("flow with mistakes", n -> "services: {web: {image: i" + each(n, ", zz%d: 1") + "}}");
    texts.put("lines with mistakes", n -> WEB + each(n, "    zz%d: 1%n"));
    texts.put("ports that are none", n -> WEB + "    ports: [" + each(n, "zz%d, ") + "]");
    texts.put("a number that is none", n -> WEB + "    cpus: " + "x".repeat(n));
    texts.put("a command", n -> WEB + "    command: " + "ab cd ".repeat(n / 6) + "e");
    texts.put(
        "variables, as a mapping", n -> WEB + "    environment:\n" + each(n, "      K%d: v%n"));
    texts.put("variables, as a list", n -> WEB + "    environment:\n" + each(n, "    - K%d=v%n"));
    texts.put("labels, as a list", n -> WEB + "    labels:\n" + each(n, "    - k%d=v%n"));
    texts.put("networks", n -> WEB + "    networks:\n" + each(n, "    - n%d%n") + networks(n));
    texts.put("dependencies", n -> services(n) + each(n, "    - s%d%n"));
    texts.put("arguments", n -> WEB + "    build:\n      args:\n" + each(n, "        K%d:%n"));
    texts.put("keys twice", n -> WEB + "    environment:\n" + "      K: v\n".repeat(n / 11));
    texts.put("aliases", n -> "x-a: &a {k: v}\nx-b: [" + "*a, ".repeat(n / 4) + "]\n" + WEB);
    texts.put("defaults", n -> VALUE + "\"" + "${A:-b}".repeat(n / 7) + "\"");
    texts.put("a variable without value", n -> VALUE + "\"" + "$A ".repeat(n / 3) + "\"");
    texts.put("variables without value", n -> VALUE + "\"" + each(n, "$A%d ") + "\"");
    texts.put(
        "such in many lines", n -> WEB + "    environment:\n" + each(n, "      K%1$d: $U%1$d%n"));
    texts.put("such in one line", n -> WEB + "    labels: [" + each(n, "\"k%1$d=$U%1$d\", ") + "]");
    texts.put("dollars", n -> VALUE + "\"" + "$$".repeat(n / 2) + "\"");
    return texts;
  }

  private static String deep() {
    return "[".repeat(80) + "]".repeat(80) + ",";
  }

  private static String each(int length, String format) {
    return IntStream.range(0, length / 14)
        .mapToObj(format::formatted)
        .collect(Collectors.joining());
  }

  private static String networks(int length) {
    return "networks:\n" + each(length, "  n%d:%n");
  }

  private static String services(int length) {
    return "services:\n"
        + each(length, "  s%d: {image: i}%n")
        + "  web:\n    image: i\n    depends_on:\n";
  }

  static Stream<String> names() {
    return TEXTS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void fourTimesTheTextIsNotSixteenTimesTheWork(String name) throws IOException {
    IntFunction<String> text = TEXTS.get(name);
    load(text.apply(SMALL)); // What is done once only.
    Work small = load(text.apply(SMALL));
    Work large = load(text.apply(4 * SMALL));
    assertTrue(
        large.bytes < MOST * small.bytes,
        () -> "%s: %d bytes became %d".formatted(name, small.bytes, large.bytes));
    assertTrue(
        large.nanos < MOST * small.nanos + NOISE_NANOS,
        () -> "%s: %d ns became %d".formatted(name, small.nanos, large.nanos));
  }

  private Work load(String text) throws IOException {
    Files.writeString(directory.resolve("compose.yaml"), text);
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    try {
      ComposeLoader.load(LoadRequest.in(directory, Map.of()));
    } catch (ComposeFileException mistakes) {
      assertTrue(String.valueOf(mistakes.getMessage()).length() > 10);
    }
    return new Work(
        THREADS.getCurrentThreadAllocatedBytes() - bytes,
        THREADS.getCurrentThreadCpuTime() - nanos);
  }

  @Test
  void tenMegabytesOfOneValueAreLoaded() throws IOException {
    String value = "x".repeat(10 << 20);
    Files.writeString(directory.resolve("compose.yaml"), VALUE + value);
    var project = ComposeLoader.load(LoadRequest.in(directory, Map.of())).project();
    assertEquals(value, project.services().get("web").command().environment().get("X"));
  }

  @Test
  void aLoadThatNobodyWaitsForEnds() throws IOException {
    Files.writeString(
        directory.resolve("compose.yaml"),
        WEB + "    environment:\n" + each(100_000, "    - K%d=v%n"));
    var asked = new AtomicInteger();
    LoadRequest request =
        LoadRequest.in(directory, Map.of()).whileWanted(() -> asked.incrementAndGet() < 1000);
    var e = assertThrows(DavitException.class, () -> ComposeLoader.load(request));
    assertEquals(Kind.UNAVAILABLE, e.kind());
    assertEquals(1000, asked.get(), "it went on");
  }
}
