package dev.davit.test;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;
import dev.davit.linux.Syscall;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Exchanges two paths, such as a directory and a link, again and again until it is closed: what a
/// process in a container does in a volume while the engine works on it. There is no moment at
/// which one of the names is missing (renameat2(2), RENAME_EXCHANGE).
public final class Exchange implements AutoCloseable {
  private static final int RENAME_EXCHANGE = 2;

  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicLong count = new AtomicLong();
  private final Thread racer;

  private Exchange(Path one, Path other) {
    racer = Thread.ofPlatform().name("exchange").unstarted(() -> run(one, other));
  }

  /// Begins.
  public static Exchange of(Path one, Path other) {
    var exchange = new Exchange(one, other);
    exchange.racer.start();
    return exchange;
  }

  private void run(Path one, Path other) {
    try (var memory = new Memory()) {
      long first = memory.string(one.toString());
      long second = memory.string(other.toString());
      while (!over.get()) {
        Kernel.call(Syscall.RENAMEAT2, Fd.AT_FDCWD, first, Fd.AT_FDCWD, second, RENAME_EXCHANGE);
        count.incrementAndGet();
      }
    }
  }

  /// How often they have been exchanged.
  public long count() {
    return count.get();
  }

  @Override
  public void close() {
    over.set(true);
    try {
      racer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
