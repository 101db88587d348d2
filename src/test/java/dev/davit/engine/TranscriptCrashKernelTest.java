package dev.davit.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.engine.Logs.Query;
import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Pipe;
import dev.davit.linux.Reader;
import dev.davit.test.Crash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who brings a pipe into a log is killed again and again while somebody writes to the pipe.
@dev.davit.test.Kernel
class TranscriptCrashKernelTest {
  private static final int KILLS = 12;

  @TempDir Path directory;

  /// The victim: reads the pipe until it is killed.
  static final class Victim {
    public static void main(String[] arguments) throws IOException {
      Path directory = Path.of(arguments[0]);
      try (var reader = new Reader(64 * 1024);
          Fd pipe = open(directory, Open.RDONLY | Open.NONBLOCK);
          var transcript = new Transcript(directory, log(directory), "", reader)) {
        System.out.println("open");
        bring(transcript, pipe, () -> true);
      }
    }
  }

  private static Fd open(Path directory, int flags) {
    return Kernel.open(directory.resolve("stdout").toString(), flags, 0);
  }

  private static LogFile log(Path directory) {
    Map<String, String> options =
        Map.of("max-size", "100k", "max-file", "9999", "compress", "true");
    return new LogFile(directory.resolve("x-json.log"), new LogConfig("json-file", options));
  }

  // Until nothing comes, as far as that is wanted.
  private static void bring(
      Transcript transcript, Fd pipe, java.util.function.BooleanSupplier more) {
    Spool spool = transcript.spool(Stream.STDOUT);
    var splitter = new LineSplitter();
    long at = transcript.logged(Stream.STDOUT);
    while (true) {
      while (at < spool.end()) {
        byte[] bytes = spool.read(at, spool.end());
        at += bytes.length;
        LogBatch batch = transcript.batch(Stream.STDOUT, Instant.now());
        splitter.split(bytes, batch);
        if (!batch.isEmpty()) {
          transcript.append(batch, at - splitter.held());
        }
      }
      if (spool.take(pipe) == Reader.LATER) {
        if (!more.getAsBoolean()) {
          return;
        }
        LockSupport.parkNanos(100_000);
      }
    }
  }

  @Test
  void shortLinesAreAllThereAndOnce() throws Exception {
    check(200_000, 60, "");
  }

  @Test
  void longLinesAreAllThereAndOnce() throws Exception {
    check(1_000_000, 400, " " + "x".repeat(64 * 1024));
  }

  private void check(long pause, int longest, String fill) throws Exception {
    Pipe.makeFifo(directory.resolve("stdout").toString());
    var random = new Random(1);
    var stop = new AtomicBoolean();
    var said = new int[1];
    // Both ends, as a container has them: what nobody has read yet stays.
    try (Fd container = open(directory, Open.RDWR)) {
      Thread talking =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      Kernel.write(container, (++said[0] + fill + "\n").getBytes(UTF_8));
                      LockSupport.parkNanos(pause);
                    }
                  });
      for (int i = 0; i < KILLS; i++) {
        Crash.of(Victim.class, random.nextInt(longest), directory.toString());
      }
      try (var reader = new Reader(64 * 1024);
          Fd pipe = open(directory, Open.RDONLY | Open.NONBLOCK);
          LogFile log = log(directory);
          var transcript = new Transcript(directory, log, "", reader)) {
        stop.set(true);
        bring(transcript, pipe, talking::isAlive);
        talking.join();
        bring(transcript, pipe, () -> false);
        compare(log, said[0], fill);
      }
    }
  }

  private static void compare(LogFile log, int said, String fill) {
    var next = new int[] {1};
    var line = new StringBuilder();
    try (var tail = new LogTail("c", log, Query.ALL)) {
      tail.drain(
          part -> {
            line.append(part.text());
            if (!part.partial()) {
              assertEquals(next[0]++ + fill, line.toString());
              line.setLength(0);
            }
          });
    }
    assertEquals(said, next[0] - 1);
    assertTrue(said > 3, () -> "only " + said + " lines");
  }
}
