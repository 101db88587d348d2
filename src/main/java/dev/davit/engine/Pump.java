package dev.davit.engine;

import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Reader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Carries what a process writes to a stream of the caller, which may be slow: then the process
/// waits, not the loop.
final class Pump {
  private static final int FULL = 16;
  private static final byte[] END = {};

  private final EventLoop loop;
  private final Reader reader;
  private final Fd fd;
  private final OutputStream out;
  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile boolean waiting;
  private EventLoop.@Nullable Watch watch;

  /// @param fd must not block; it is closed at the end
  Pump(EventLoop loop, Reader reader, Fd fd, OutputStream out) {
    this.loop = loop;
    this.reader = reader;
    this.fd = fd;
    this.out = out;
  }

  void begin() {
    Thread.ofVirtual().name("pump").start(this::write);
    var _ =
        loop.call(
            () -> {
              watch = loop.watch(fd, Epoll.IN, events -> ready());
              return watch;
            });
  }

  // On the loop's thread. Returns whether there may be more.
  private boolean ready() {
    int count = reader.read(fd);
    if (count == Reader.END) {
      stop();
    } else if (count != Reader.LATER) {
      queue.add(reader.bytes(count));
      if (queue.size() >= FULL && watch != null) {
        waiting = true;
        watch.change(0);
      }
    }
    return count > 0;
  }

  private void stop() {
    if (watch != null) {
      watch.end();
    }
  }

  /// Carries what is there still, although others may hold the other end; completes when it is
  /// written.
  CompletableFuture<Void> finish() {
    return loop.call(
            () -> {
              stop();
              while (ready()) {}
              fd.close();
              return queue.add(END);
            })
        .thenCompose(_ -> done);
  }

  private void write() {
    boolean broken = false;
    try {
      for (byte[] bytes = queue.take(); bytes.length > 0; bytes = queue.take()) {
        broken = broken || !write(bytes);
        if (waiting && queue.isEmpty()) {
          waiting = false;
          var _ = loop.call(this::resume);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.complete(null);
    }
  }

  // A caller who has gone does not end the process.
  private boolean write(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean resume() {
    if (watch != null) {
      watch.change(Epoll.IN);
    }
    return true;
  }
}
