package dev.davit.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that watches the clock; what is due runs on a virtual thread. The clock's thread is
/// there from the beginning: later the machine may have none left.
final class Timers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);
  private static final long PAUSE_NANOS = 100_000_000;

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("davit-timers").factory());

  Timers() {
    clock.setRemoveOnCancelPolicy(true);
    clock.prestartAllCoreThreads();
  }

  /// Runs `work` after `delay`, unless it is cancelled before.
  Future<?> after(Duration delay, Runnable work) {
    return clock.schedule(() -> surely(work), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Runs `work` on a virtual thread. Throws [OutOfMemoryError] where the machine has no thread
  /// left that could carry it.
  static void now(Runnable work) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                LOG.error("work of the engine failed", e);
              }
            });
  }

  /// As [#now], but waits until there is a thread: for what must happen.
  static void surely(Runnable work) {
    while (!begun(work)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean begun(Runnable work) {
    try {
      now(work);
      return true;
    } catch (OutOfMemoryError e) {
      LOG.warn("no thread for work of the engine: tried again", e);
      return false;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
