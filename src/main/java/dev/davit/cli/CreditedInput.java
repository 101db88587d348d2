package dev.davit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;

/// The client's stdin. The first read gives the client credit to send some of it, and what has been
/// consumed is credited again; so at most [#WINDOW] bytes wait here, and none that nobody asked
/// for.
final class CreditedInput extends InputStream {
  static final int WINDOW = 64 * 1024;

  /// Where credit goes.
  interface Credit {
    void give(int bytes) throws IOException;
  }

  private final Credit credit;
  private final Queue<byte[]> chunks = new ArrayDeque<>();
  private int position;
  private boolean ended;
  private boolean asked;

  CreditedInput(Credit credit) {
    this.credit = credit;
  }

  /// Bytes have arrived.
  synchronized void add(byte[] chunk) {
    if (chunk.length > 0) {
      chunks.add(chunk);
      notifyAll();
    }
  }

  /// Nothing more will arrive.
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public synchronized int available() {
    return chunks.stream().mapToInt(chunk -> chunk.length).sum() - position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    ask();
    int count = take(target, offset, length);
    if (count > 0) {
      credit.give(count);
    }
    return count;
  }

  private void ask() throws IOException {
    synchronized (this) {
      if (asked || ended) {
        return;
      }
      asked = true;
    }
    credit.give(WINDOW);
  }

  private synchronized int take(byte[] target, int offset, int length) throws IOException {
    try {
      while (chunks.isEmpty() && !ended) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for stdin");
    }
    byte[] chunk = chunks.peek();
    if (chunk == null) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, target, offset, count);
    position += count;
    if (position == chunk.length) {
      chunks.remove();
      position = 0;
    }
    return count;
  }
}
