package dev.davit.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Bytes from one thread to another, a few pieces at most on the way: who writes faster waits. Each
/// side may end it; a failure of one is told to the other.
final class Pipe extends InputStream {
  private static final int MOST = 8;

  private final Deque<byte[]> pieces = new ArrayDeque<>();
  private byte[] current = {};
  private int position;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  /// Hands over the bytes, which are copied. False once nobody reads any more.
  synchronized boolean write(byte[] bytes, int from, int length) {
    while (pieces.size() >= MOST && !closed) {
      await();
    }
    if (!closed && length > 0) {
      pieces.addLast(Arrays.copyOfRange(bytes, from, from + length));
      notifyAll();
    }
    return !closed;
  }

  /// No more will be written.
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /// As [#end], but who reads gets an exception instead of the end.
  synchronized void fail(Throwable cause) {
    failure = cause;
    end();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (position == current.length && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, bytes, from, count);
    position += count;
    return count;
  }

  private synchronized boolean next() throws IOException {
    while (pieces.isEmpty() && !ended) {
      await();
    }
    if (pieces.isEmpty()) {
      if (failure != null) {
        throw new IOException(failure);
      }
      return false;
    }
    current = pieces.removeFirst();
    position = 0;
    notifyAll();
    return true;
  }

  @SuppressWarnings("WaitNotInLoop") // callers loop
  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
      fail(e);
    }
  }

  /// Nobody reads any more.
  @Override
  public synchronized void close() {
    closed = true;
    pieces.clear();
    notifyAll();
  }
}
