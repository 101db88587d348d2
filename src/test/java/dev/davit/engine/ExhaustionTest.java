package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Stock.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.FileSystemUse;
import dev.davit.linux.SyscallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExhaustionTest {
  private static final Set<Kind> PROCESSES = Set.of(Kind.PROCESSES, Kind.CONTAINER_PROCESSES);
  private static final Set<Kind> FILES = Set.of(Kind.OPEN_FILES, Kind.ENGINE_FILES);
  private static final Set<Kind> DISK = Set.of(Kind.DISK, Kind.INODES);

  private static Set<Kind> of(Errno errno) {
    return Exhaustion.of(new IllegalStateException(new SyscallException("clone3(…)", errno)));
  }

  @Test
  void errorsOfTheKernelSayWhatHasRunOut() {
    assertEquals(PROCESSES, of(Errno.EAGAIN));
    assertEquals(FILES, of(Errno.EMFILE));
    assertEquals(FILES, of(Errno.ENFILE));
    assertEquals(Set.of(Kind.MEMORY), of(Errno.ENOMEM));
    assertEquals(DISK, of(Errno.ENOSPC));
    assertEquals(DISK, of(Errno.EDQUOT));
    assertEquals(Set.of(), of(Errno.ENOENT));
  }

  @Test
  void errorsOfTheJdkDoToo() {
    assertEquals(
        DISK, Exhaustion.of(new UncheckedIOException(new IOException("No space left on device"))));
    assertEquals(
        PROCESSES, Exhaustion.of(new OutOfMemoryError("unable to create native thread: …")));
    var first = new IllegalStateException("x");
    first.addSuppressed(new IOException("/x: Too many open files"));
    assertEquals(FILES, Exhaustion.of(first));
    var circle = new IllegalStateException("x", first);
    first.addSuppressed(circle);
    assertEquals(FILES, Exhaustion.of(circle));
  }

  @Test
  void stockIsShortWhereLittleIsLeft() {
    assertTrue(new Stock(Kind.PROCESSES, 32_000, 32_768).isShort());
    assertFalse(new Stock(Kind.PROCESSES, 30_000, 32_768).isShort());
    assertFalse(new Stock(Kind.PROCESSES, 30_000, Long.MAX_VALUE).isShort());
    long tera = 1L << 40;
    assertFalse(new Stock(Kind.DISK, 10 * tera - (20L << 30), 10 * tera).isShort());
    assertTrue(new Stock(Kind.DISK, 10 * tera - (100L << 20), 10 * tera).isShort());
    assertTrue(new Stock(Kind.DISK, 99 << 20, 100 << 20).isShort());
    assertFalse(new Stock(Kind.MEMORY, 60L << 30, 62L << 30).isShort());
  }

  @Test
  void memoryIsWhatCanBeHadWithoutSwapping() {
    Stock memory =
        Stocks.memory("MemTotal:       1000 kB\nMemFree:  1 kB\nMemAvailable:  300 kB\n");
    assertEquals(new Stock(Kind.MEMORY, 700 * 1024, 1000 * 1024), memory);
  }

  @Test
  void fileSystemThatMakesInodesAsItGoesIsNotShortOfThem() {
    List<Stock> stocks = Stocks.disk(new FileSystemUse(1000, 400, 0, 0));
    assertEquals(new Stock(Kind.DISK, 600, 1000), stocks.get(0));
    assertFalse(stocks.get(1).isShort());
    assertTrue(Stocks.disk(new FileSystemUse(1000, 400, 100, 0)).get(1).isShort());
  }

  @Test
  void fileSystemIsAsked() {
    FileSystemUse use = FileSystemUse.of("/");
    assertTrue(use.size() >= use.free() && use.size() > 1 << 20, use.toString());
  }
}
