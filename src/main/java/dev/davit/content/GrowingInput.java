package dev.davit.content;

import java.io.IOException;
import java.io.InputStream;

/// Reads a file behind the thread that writes it, and waits where that has not come yet. Who writes
/// does not wait: what comes from a network is taken as fast as it comes.
final class GrowingInput extends InputStream {
  private final InputStream file;
  private long position;
  private long written;
  private boolean ended;
  private boolean closed;

  /// @param file from its first byte; closed with this
  GrowingInput(InputStream file) {
    this.file = file;
  }

  /// The file has so many bytes now.
  synchronized void grown(long size) {
    written = size;
    notifyAll();
  }

  /// It will not grow any more.
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    long there = await();
    if (there == 0) {
      return -1;
    }
    int count = file.read(bytes, from, (int) Math.min(length, there));
    if (count < 0) {
      throw new IOException("file became shorter");
    }
    position += count;
    return count;
  }

  /// How many bytes can be read, 0 at the end.
  private synchronized long await() throws IOException {
    while (position >= written && !ended && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    if (closed) {
      throw new IOException("given up");
    }
    return written - position;
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    file.close();
  }
}
