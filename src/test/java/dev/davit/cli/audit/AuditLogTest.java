package dev.davit.cli.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class AuditLogTest {
  private static final Caller ANNA = new Caller(42, 1000, "anna", "");

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("audit.log");
  }

  @Test
  void linesAreKeptAndTheirOwnerAloneReadsThem() throws IOException {
    try (var audit = new AuditLog(file(), 1 << 20)) {
      audit.asked(ANNA, List.of("up", "-d"));
      audit.refused(new Caller(43, 1001, "bob", "carol"));
      List<AuditEntry> entries = audit.entries();
      assertEquals(List.of("up", "-d"), entries.get(0).command());
      assertEquals(42, entries.get(0).pid());
      assertEquals("turned away", entries.get(1).note());
      assertEquals("carol", entries.get(1).login());
    }
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file()));
    try (var next = new AuditLog(file(), 1 << 20)) {
      next.asked(ANNA, List.of("down"));
      assertEquals(3, next.entries().size());
    }
  }

  @Test
  void oldLinesGo() throws IOException {
    try (var audit = new AuditLog(file(), 2_000)) {
      for (int i = 0; i < 200; i++) {
        audit.asked(ANNA, List.of("exec", "web", "n" + i));
      }
      List<AuditEntry> entries = audit.entries();
      assertEquals("n199", entries.getLast().command().getLast());
      assertTrue(entries.size() > 20 && entries.size() < 100, "kept: " + entries.size());
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertTrue(Files.size(file) <= 2_000, file + " has " + Files.size(file));
      }
    }
  }

  @Test
  void longCommandsAreCut() throws IOException {
    try (var audit = new AuditLog(file(), 1 << 20)) {
      audit.asked(ANNA, List.of("exec", "web", "x".repeat(100_000), "y"));
      assertEquals(List.of("exec", "web", "…"), audit.entries().getFirst().command());
    }
  }

  @Test
  void whatCannotBeWrittenIsCounted() throws IOException {
    Path missing = directory.resolve("missing/audit.log");
    try (var audit = new AuditLog(missing, 1 << 20)) {
      audit.asked(ANNA, List.of("up"));
      audit.asked(ANNA, List.of("down"));
      assertEquals(List.of(), audit.entries());
      Files.createDirectories(missing.getParent());
      audit.asked(ANNA, List.of("ps"));
      List<AuditEntry> entries = audit.entries();
      assertEquals("2 lines before this one could not be written", entries.get(0).note());
      assertEquals(List.of("ps"), entries.get(1).command());
      assertEquals(2, entries.size());
    }
  }

  @Test
  void nobodyWaitsForADiskThatDoesNotAnswer() throws IOException {
    // Opening a FIFO for writing waits for a reader: the writer hangs, as on a dead disk.
    Path fifo = directory.resolve("audit.log");
    dev.davit.linux.Pipe.makeFifo(fifo.toString());
    var audit = new AuditLog(fifo, 1 << 20);
    long begin = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      audit.asked(ANNA, List.of("up"));
    }
    assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() < 5_000);
  }
}
