package dev.davit.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Ends what stands still: a connection may be slow, but not silent.
final class Watchdog implements AutoCloseable {
  private final Duration patience;
  private final ScheduledThreadPoolExecutor timer;

  Watchdog(Duration patience) {
    this.patience = patience;
    timer =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("patience").daemon().factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  Duration patience() {
    return patience;
  }

  /// Runs `end` unless the result is touched often enough, or closed.
  Watch watch(Runnable end) {
    return new Watch(end);
  }

  final class Watch implements AutoCloseable {
    private final Runnable end;
    private ScheduledFuture<?> alarm;
    private boolean closed;

    private Watch(Runnable end) {
      this.end = end;
      this.alarm = arm();
    }

    private ScheduledFuture<?> arm() {
      return timer.schedule(end, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void touch() {
      if (!closed) {
        alarm.cancel(false);
        alarm = arm();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      alarm.cancel(false);
    }
  }

  /// The same stream, closed while a read takes too long.
  InputStream guard(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try (Watch _ = watch(this::end)) {
          return in.read(bytes, offset, length);
        }
      }

      private void end() {
        try {
          in.close();
        } catch (IOException gone) {
          // that was the aim
        }
      }
    };
  }

  /// The same stream, each read of which touches `watch`.
  static InputStream touching(Watch watch, InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        watch.touch();
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        watch.touch();
        return in.read(bytes, offset, length);
      }
    };
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
