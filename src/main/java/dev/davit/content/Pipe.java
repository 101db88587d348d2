package dev.davit.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Bytes from one thread to another, a few pieces at most on the way: who writes faster waits until
/// half of them are gone, so that the two do not wake each other for each piece. Their memory is
/// used again. Each side may end it; a failure of one is told to the other.
final class Pipe extends InputStream {
  private static final int MOST = 4;

  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final Deque<byte[]> spare = new ArrayDeque<>();
  private Piece current = new Piece(new byte[0], 0);
  private int position;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(byte[] bytes, int length) {}

  /// Hands over the bytes, which are copied. False once nobody reads any more.
  synchronized boolean write(byte[] bytes, int from, int length) {
    while (pieces.size() >= MOST && !closed) {
      await();
    }
    if (!closed && length > 0) {
      byte[] copy = memory(length);
      System.arraycopy(bytes, from, copy, 0, length);
      pieces.addLast(new Piece(copy, length));
      if (pieces.size() == 1) {
        notifyAll();
      }
    }
    return !closed;
  }

  private byte[] memory(int length) {
    byte[] used = spare.pollLast();
    return used != null && used.length >= length ? used : new byte[length];
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
    if (position == current.length() && !next()) {
      return -1;
    }
    int count = Math.min(length, current.length() - position);
    System.arraycopy(current.bytes(), position, bytes, from, count);
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
    if (current.length() > 0) {
      spare.addLast(current.bytes());
    }
    current = pieces.removeFirst();
    position = 0;
    if (pieces.size() == MOST / 2) {
      notifyAll();
    }
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
