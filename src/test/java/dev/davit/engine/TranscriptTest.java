package dev.davit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Query;
import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");

  @TempDir Path directory;

  private final Reader reader = new Reader(8192);

  @AfterEach
  void close() {
    reader.close();
  }

  private LogFile log() {
    return new LogFile(current(), new LogConfig("json-file", Map.of()));
  }

  private LogFile rotated() {
    var options = Map.of("max-size", "1k", "max-file", "9");
    return new LogFile(current(), new LogConfig("json-file", options));
  }

  private Path current() {
    return directory.resolve("x-json.log");
  }

  private void arrives(Stream stream, String text) throws IOException {
    Files.writeString(
        directory.resolve(stream.word() + ".spool"),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  // As an engine does it that starts: what was begun is finished, what waits is written.
  private void work(LogFile log) throws IOException {
    try (var transcript = new Transcript(directory, log, "", reader)) {
      for (Stream stream : Stream.values()) {
        if (Transcript.has(directory, stream)) {
          write(transcript, stream);
        }
      }
    }
    log.close();
  }

  private static void write(Transcript transcript, Stream stream) {
    Spool spool = transcript.spool(stream);
    var splitter = new LineSplitter();
    for (long at = transcript.logged(stream); at < spool.end(); ) {
      byte[] bytes = spool.read(at, spool.end());
      at += bytes.length;
      LogBatch batch = transcript.batch(stream, NOON);
      splitter.split(bytes, batch);
      if (!batch.isEmpty()) {
        transcript.append(batch, at - splitter.held());
      }
    }
  }

  private List<String> texts(LogFile log) {
    var lines = new ArrayList<String>();
    try (var tail = new LogTail("c", log, Query.ALL)) {
      tail.drain((LogLine line) -> lines.add(line.text()));
    }
    return lines;
  }

  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
    }
  }

  @Test
  void anAppendThatWasCutAnywhereIsFinishedToTheByte() throws IOException {
    arrives(Stream.STDOUT, "before\n");
    work(log());
    long before = Files.size(current());
    // Long lines, characters of several bytes, the beginning of a line that is to come.
    String text = "one\n" + "é".repeat(3000) + "\ntwo\t\u0001\"\nthr";
    arrives(Stream.STDOUT, text);
    work(log());
    byte[] whole = Files.readAllBytes(current());
    for (long size = before; size < whole.length; size += 13) {
      cut(current(), size);
      work(log());
      assertArrayEquals(whole, Files.readAllBytes(current()), "cut to " + size);
    }
  }

  @Test
  void whatWasCutInAVeryLongLineIsFinishedToTheByte() throws IOException {
    // 64 KB, cut where a character of three bytes would be torn.
    arrives(Stream.STDOUT, "x" + "€".repeat(22_000) + "\n");
    work(log());
    byte[] whole = Files.readAllBytes(current());
    List<String> lines = texts(log());
    assertEquals("x" + "€".repeat(22_000), String.join("", lines));
    for (int cut = 1; cut < 400; cut += 7) {
      cut(current(), whole.length - cut);
      work(log());
      assertArrayEquals(whole, Files.readAllBytes(current()), "without the last " + cut);
    }
  }

  @Test
  void anAppendThatWasMadeIsNotMadeAgain() throws IOException {
    arrives(Stream.STDOUT, "one\n");
    arrives(Stream.STDERR, "two\n");
    work(log());
    work(log());
    arrives(Stream.STDERR, "three\n");
    work(log());
    assertEquals(List.of("one", "two", "three"), texts(log()));
  }

  @Test
  void aLogThatWasRotatedIsNotTakenForOneThatWasNotWritten() throws IOException {
    arrives(Stream.STDOUT, "x".repeat(900) + "\n");
    work(rotated());
    // The second append rotates first; its bytes do not get there.
    arrives(Stream.STDOUT, "y".repeat(900) + "\n");
    work(rotated());
    cut(current(), 0);
    work(rotated());
    assertEquals(List.of("x".repeat(900), "y".repeat(900)), texts(rotated()));
  }

  @Test
  void aKillBetweenRotationAndAppendDoublesNothing() throws IOException {
    arrives(Stream.STDOUT, "x".repeat(900) + "\n");
    work(rotated());
    var rotating =
        new LogFile.Progress() {
          @Override
          public void rotating() throws IOException {
            try (var ledger = new Ledger(directory.resolve("ledger"))) {
              ledger.settle();
            }
          }

          @Override
          public void writing(long size) throws IOException {
            throw new IOException("killed");
          }
        };
    var batch = new LogBatch(Stream.STDOUT, NOON, "");
    new LineSplitter().split(("y".repeat(900) + "\n").getBytes(UTF_8), batch);
    try (var log = rotated()) {
      assertThrows(UncheckedIOException.class, () -> log.append(batch, rotating));
    }
    work(rotated());
    assertEquals(List.of("x".repeat(900)), texts(rotated()));
  }

  @Test
  void whoEmptiesTheLogGetsNothingBack() throws IOException {
    arrives(Stream.STDOUT, "one\n");
    work(log());
    arrives(Stream.STDOUT, "two\n");
    work(log());
    cut(current(), 0);
    work(log());
    arrives(Stream.STDOUT, "three\n");
    work(log());
    assertEquals(List.of("three"), texts(log()));
  }

  @Test
  void whatIsInTheLogLeavesTheSpool() throws IOException {
    for (int i = 0; i < 40; i++) {
      arrives(Stream.STDOUT, "x".repeat(16_000) + "\n");
    }
    try (var log = log();
        var transcript = new Transcript(directory, log, "", reader)) {
      write(transcript, Stream.STDOUT);
      Path spool = directory.resolve("stdout.spool");
      assertEquals(40 * 16_001, Files.size(spool));
      try (FileChannel channel = FileChannel.open(spool)) {
        var first = ByteBuffer.allocate(1);
        channel.read(first, 0);
        assertEquals(0, first.get(0), "the beginning is punched out");
      }
    }
  }

  @Test
  void halfALineOfAMachineThatStoppedSpoilsNoOther() throws IOException {
    arrives(Stream.STDOUT, "one\ntwo\n");
    work(log());
    cut(current(), Files.size(current()) - 9);
    for (String name : List.of("ledger", "stdout.spool")) {
      Files.delete(directory.resolve(name));
    }
    arrives(Stream.STDOUT, "three\n");
    work(log());
    assertEquals(List.of("one", "three"), texts(log()));
  }
}
