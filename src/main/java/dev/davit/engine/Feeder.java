package dev.davit.engine;

import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Pipe;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Carries a stream of the caller to the input of a process.
final class Feeder {
  private static final int CHUNK = 16 * 1024;

  private final EventLoop loop;
  private final InputStream in;
  private final Fd fd;
  private final Runnable atEnd;
  private CompletableFuture<Boolean> waiting = new CompletableFuture<>();
  private EventLoop.@Nullable Watch watch;
  private boolean ended;

  /// @param fd must not block
  /// @param atEnd is called once, at the end of `in` or with [#end]; nothing is written after it
  Feeder(EventLoop loop, InputStream in, Fd fd, Runnable atEnd) {
    this.loop = loop;
    this.in = in;
    this.fd = fd;
    this.atEnd = atEnd;
  }

  Thread begin() {
    return Thread.ofVirtual().name("feeder").start(this::run);
  }

  private void run() {
    byte[] buffer = new byte[CHUNK];
    try {
      for (int count = in.read(buffer); count >= 0 && write(buffer, count); ) {
        count = in.read(buffer);
      }
    } catch (IOException e) {
      // The caller has gone: the same as the end of the input.
    } finally {
      end();
    }
  }

  private boolean write(byte[] bytes, int length) {
    int done = 0;
    while (done < length) {
      int count = tryWrite(bytes, done, length - done);
      if (count < 0 || (count == 0 && !writable())) {
        return false;
      }
      done += count;
    }
    return true;
  }

  // Never after the end: the descriptor's number may stand for something else by then.
  private synchronized int tryWrite(byte[] bytes, int offset, int length) {
    return ended ? -1 : Pipe.tryWrite(fd, bytes, offset, length);
  }

  private boolean writable() {
    var ready = new CompletableFuture<Boolean>();
    synchronized (this) {
      if (ended) {
        return false;
      }
      waiting = ready;
      watch = loop.watch(fd, Epoll.OUT, events -> ready.complete(true));
    }
    boolean is = ready.join();
    synchronized (this) {
      stopWaiting();
    }
    return is;
  }

  private void stopWaiting() {
    if (watch != null) {
      watch.end();
      watch = null;
    }
  }

  /// The process has ended or wants no more: nothing is written from now on.
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    stopWaiting();
    waiting.complete(false);
    atEnd.run();
  }
}
