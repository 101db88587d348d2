package dev.davit.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that watches the clock; what is due runs on a virtual thread.
final class Timers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);

  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("davit-timers").factory());

  Timers() {
    clock.setRemoveOnCancelPolicy(true);
  }

  /// Runs `work` after `delay`, unless it is cancelled before.
  Future<?> after(Duration delay, Runnable work) {
    return clock.schedule(() -> now(work), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Runs `work` on a virtual thread.
  static void now(Runnable work) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                work.run();
              } catch (RuntimeException e) {
                LOG.error("work of the engine failed", e);
              }
            });
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
