package dev.davit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Mark;
import dev.davit.engine.Logs.Query;
import dev.davit.engine.Logs.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");

  @TempDir Path directory;

  private LogFile file(Map<String, String> options) {
    return new LogFile(directory.resolve("x-json.log"), new LogConfig("json-file", options));
  }

  private static final LogFile.Progress UNTOLD =
      new LogFile.Progress() {
        @Override
        public void rotating() {}

        @Override
        public void writing(long size) {}
      };

  /// Says it on stdout.
  private static void say(LogFile file, LineSplitter splitter, String text, Instant at) {
    say(file, splitter, text, new LogBatch(Stream.STDOUT, at, ""));
  }

  private static void say(LogFile file, LineSplitter splitter, String text, LogBatch batch) {
    splitter.split(text.getBytes(UTF_8), batch);
    if (!batch.isEmpty()) {
      file.append(batch, UNTOLD);
    }
  }

  private static List<LogLine> read(LogFile file, Query query) {
    var lines = new ArrayList<LogLine>();
    try (var tail = new LogTail("c", file, query)) {
      tail.drain(lines::add);
    }
    return lines;
  }

  private static List<String> texts(LogFile file, Query query) {
    return read(file, query).stream().map(LogLine::text).toList();
  }

  @Test
  void appendWritesDockersFormat() throws IOException {
    try (var file = file(Map.of())) {
      String text = "a\t\"b\"\\ é\u0001\n";
      say(file, new LineSplitter(), text, new LogBatch(Stream.STDERR, NOON, ""));
    }
    assertEquals(
        "{\"log\":\"a\\t\\\"b\\\"\\\\ é\\u0001\\n\",\"stream\":\"stderr\","
            + "\"time\":\"2026-11-22T12:00:00.123456789Z\"}\n",
        Files.readString(directory.resolve("x-json.log")));
  }

  @Test
  void whatALineSaysOfItsContainerStandsBeforeTheTime() throws IOException {
    var attributes = Map.of("tag", "a\"b", "time", "1");
    try (var file = file(Map.of())) {
      String written = LogFormat.attributes(new TreeMap<>(attributes));
      say(file, new LineSplitter(), "x\n", new LogBatch(Stream.STDOUT, NOON, written));
      assertEquals(
          List.of(new LogLine("c", Stream.STDOUT, NOON, "x", false, attributes)),
          read(file, Query.ALL));
    }
    assertEquals(
        "{\"log\":\"x\\n\",\"stream\":\"stdout\",\"attrs\":{\"tag\":\"a\\\"b\",\"time\":\"1\"},"
            + "\"time\":\"2026-11-22T12:00:00.123456789Z\"}\n",
        Files.readString(directory.resolve("x-json.log")));
  }

  @Test
  void readGivesBackWhatWasSaid() {
    try (var file = file(Map.of())) {
      say(file, new LineSplitter(), "a\t\"b\"\\ é\u0001\n\n", NOON);
      assertEquals(
          List.of(
              new LogLine("c", Stream.STDOUT, NOON, "a\t\"b\"\\ é\u0001", false, Map.of()),
              new LogLine("c", Stream.STDOUT, NOON, "", false, Map.of())),
          read(file, Query.ALL));
    }
  }

  @Test
  void splitJoinsWhatComesInPieces() {
    try (var file = file(Map.of())) {
      var splitter = new LineSplitter();
      say(file, splitter, "one tw", NOON);
      say(file, splitter, "o\nthree", NOON);
      assertEquals(List.of("one two"), texts(file, Query.ALL));
      var last = new LogBatch(Stream.STDOUT, NOON, "");
      splitter.flush(last);
      file.append(last, UNTOLD);
      assertEquals(
          List.of(false, true), read(file, Query.ALL).stream().map(LogLine::partial).toList());
    }
  }

  @Test
  void splitCutsLongLinesBetweenCharacters() {
    try (var file = file(Map.of())) {
      String longLine = "é".repeat(LineSplitter.LONGEST) + "\n";
      say(file, new LineSplitter(), "x" + longLine, NOON);
      List<LogLine> lines = read(file, Query.ALL);
      assertTrue(lines.size() > 1);
      assertEquals(
          ("x" + longLine).strip(), String.join("", lines.stream().map(LogLine::text).toList()));
      assertTrue(lines.getFirst().partial());
    }
  }

  @Test
  void tailCountsFromTheEndAcrossChunks() {
    try (var file = file(Map.of())) {
      var splitter = new LineSplitter();
      for (int i = 0; i < 5000; i++) {
        say(file, splitter, i + "\n", NOON);
      }
      assertEquals(List.of("4998", "4999"), texts(file, Query.ofTail(2)));
      assertEquals(3000, texts(file, Query.ofTail(3000)).size());
      assertEquals(5000, texts(file, Query.ofTail(9999)).size());
      assertEquals(List.of(), texts(file, Query.ofTail(0)));
    }
  }

  @Test
  void sinceAndUntilSelect() {
    try (var file = file(Map.of())) {
      var splitter = new LineSplitter();
      for (int i = 0; i < 5; i++) {
        say(file, splitter, i + "\n", NOON.plusSeconds(i));
      }
      var query =
          new Query(
              Optional.of(NOON.plusSeconds(1)),
              Optional.of(NOON.plusSeconds(3)),
              OptionalInt.empty());
      assertEquals(List.of("1", "2", "3"), texts(file, query));
    }
  }

  @Test
  void olderFilesAreCompressedAndReadAllTheSame() throws IOException {
    var options = Map.of("max-size", "1k", "max-file", "4", "compress", "true");
    var file = file(options);
    var splitter = new LineSplitter();
    for (int i = 0; i < 100; i++) {
      say(file, splitter, i + "\n", NOON);
      file.packed().join();
    }
    file.close();
    var names = new TreeSet<String>();
    try (var all = Files.list(directory)) {
      all.forEach(path -> names.add(path.getFileName().toString()));
    }
    assertEquals(
        Set.of("x-json.log", "x-json.log.1.gz", "x-json.log.2.gz", "x-json.log.3.gz"), names);
    List<String> kept = texts(file, Query.ALL);
    assertEquals("99", kept.getLast());
    assertEquals(Integer.toString(100 - kept.size()), kept.getFirst());
    assertTrue(kept.size() > 30, () -> "" + kept.size());
    assertEquals(kept.subList(kept.size() - 25, kept.size()), texts(file, Query.ofTail(25)));
    // Another engine goes on with what is there.
    assertEquals(kept, texts(file(options), Query.ALL));
  }

  @Test
  void rotationKeepsTheNewestFilesAndTailsCrossThem() {
    try (var file = file(Map.of("max-size", "1k", "max-file", "3"))) {
      var splitter = new LineSplitter();
      var seen = new ArrayList<String>();
      try (var tail = new LogTail("c", file, Query.ALL)) {
        for (int i = 0; i < 100; i++) {
          say(file, splitter, i + "\n", NOON);
          tail.drain(line -> seen.add(line.text()));
        }
      }
      assertEquals(100, seen.size());
      List<String> kept = texts(file, Query.ALL);
      assertEquals("99", kept.getLast());
      assertTrue(kept.size() < 50 && kept.size() > 20, () -> "" + kept.size());
      assertEquals(20, texts(file, Query.ofTail(20)).size());
    }
  }

  @Test
  void aReaderGoesOnBehindTheLineThatItHasReadLast() {
    var options = Map.of("max-size", "2k", "max-file", "9", "compress", "true");
    try (var file = file(options)) {
      var splitter = new LineSplitter();
      for (int i = 0; i < 20; i++) {
        // Several lines of one moment; the clock is put back once.
        Instant at = NOON.plusSeconds(i == 10 ? -5 : i);
        say(file, splitter, i + "a\n" + i + "b\n" + i + "c" + "x".repeat(i * 7) + "\n", at);
      }
      file.packed().join();
      List<LogLine> all = read(file, Query.ALL);
      assertEquals(60, all.size());
      Mark mark = null;
      for (int i = 0; i < all.size(); i++) {
        mark = Mark.behind(mark, all.get(i));
        assertEquals(all.subList(i + 1, all.size()), read(file, Query.ALL.behind(mark)), "" + i);
      }
      // What it has read has been rotated away: nothing of the rest is left out.
      assertEquals(all, read(file, Query.ALL.behind(new Mark(NOON.minusSeconds(60), 1))));
    }
  }

  @Test
  void whatAnInterruptedRotationHasLeftIsPutInOrder() throws IOException {
    // Of three files the newest was not renamed any more; of the oldest there are both forms.
    for (String name : List.of("x-json.log", "x-json.log.2", "x-json.log.3")) {
      say(named(name), new LineSplitter(), name + "\n", NOON);
    }
    Files.writeString(directory.resolve("x-json.log.3.gz"), "half");
    Files.writeString(directory.resolve("x-json.log4711.tmp"), "half");
    var options = Map.of("max-size", "1k", "max-file", "5", "compress", "true");
    var file = file(options);
    assertEquals(List.of("x-json.log.3", "x-json.log.2", "x-json.log"), texts(file, Query.ALL));
    try (var left = Files.list(directory)) {
      assertEquals(
          Set.of("x-json.log", "x-json.log.1", "x-json.log.2"),
          new TreeSet<>(left.map(path -> path.getFileName().toString()).toList()));
    }
  }

  private LogFile named(String name) {
    return new LogFile(directory.resolve(name), new LogConfig("json-file", Map.of()));
  }
}
