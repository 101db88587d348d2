package dev.davit.test;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// Exchanges two names in a directory as fast as the machine can, until it is closed.
public final class Racer implements AutoCloseable {
  private static final int EXCHANGE = 2; // renameat2(2)

  private final Thread thread;
  private final AtomicLong exchanged = new AtomicLong();
  private volatile boolean ended;

  private Racer(Path directory, String one, String other) {
    this.thread = Thread.ofPlatform().daemon().unstarted(() -> race(directory, one, other));
  }

  /// Begins to exchange `one` and `other`, which both exist in `directory`.
  public static Racer between(Path directory, String one, String other) {
    var racer = new Racer(directory, one, other);
    racer.thread.start();
    return racer;
  }

  private void race(Path directory, String one, String other) {
    try (var memory = new Memory();
        Fd at = Kernel.open(directory.toString(), Open.PATH | Open.DIRECTORY, 0)) {
      long first = memory.string(one);
      long second = memory.string(other);
      while (!ended) {
        Kernel.call(Syscall.RENAMEAT2, at.number(), first, at.number(), second, EXCHANGE);
        exchanged.incrementAndGet();
      }
    }
  }

  /// How often it has exchanged them.
  public long exchanged() {
    return exchanged.get();
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
