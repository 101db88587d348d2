package dev.davit.engine;

import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Reader;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Carries what a process writes to a stream of the caller, which may be slow: then the process
/// waits, not the loop.
final class Pump {
  private final EventLoop loop;
  private final Reader reader;
  private final Fd fd;
  private final Copy copy;
  private EventLoop.@Nullable Watch watch;

  /// @param fd must not block; it is closed at the end
  Pump(EventLoop loop, Reader reader, Fd fd, OutputStream out) {
    this.loop = loop;
    this.reader = reader;
    this.fd = fd;
    this.copy = new Copy(out);
  }

  void begin() {
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
    } else if (count != Reader.LATER
        && !copy.take(reader.bytes(count), this::room)
        && watch != null) {
      watch.change(0);
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
              copy.end();
              return true;
            })
        .thenCompose(_ -> copy.done());
  }

  private void room() {
    var _ =
        loop.call(
            () -> {
              if (watch != null) {
                watch.change(Epoll.IN);
              }
              return true;
            });
  }
}
