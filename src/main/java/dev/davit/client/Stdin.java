package dev.davit.client;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Sends stdin as far as the engine has given credit; without any it reads nothing. A terminal can
/// be left alone for a while, so that somebody else reads it.
final class Stdin extends Thread {
  private static final int PAUSED = -2;

  private final FrameChannel engine;
  private final boolean terminal;
  private final FileInputStream plain = new FileInputStream(FileDescriptor.in);
  private @Nullable FileChannel channel;
  private int credit;
  private boolean started;
  private boolean paused;
  private boolean reading;

  /// @param terminal whether it is one
  Stdin(FrameChannel engine, boolean terminal) {
    super("stdin");
    this.engine = engine;
    this.terminal = terminal;
    setDaemon(true);
  }

  /// Allows `bytes` more.
  synchronized void credit(int bytes) {
    credit += bytes;
    if (started) {
      notifyAll();
    } else {
      started = true;
      start();
    }
  }

  /// Stops reading; what has been typed and is not read yet stays where it is. Returns whether
  /// another program may read instead.
  synchronized boolean pause() {
    paused = true;
    boolean interrupted = false;
    while (reading && terminal) {
      interrupt();
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return terminal || !started;
  }

  synchronized void resume() {
    paused = false;
    notifyAll();
  }

  private synchronized int begin() throws InterruptedException {
    while (credit <= 0 || paused) {
      wait();
    }
    reading = true;
    return credit;
  }

  // An interrupt is for the read only: sending while interrupted would close the connection.
  private synchronized void end(int read) {
    reading = false;
    interrupted();
    credit -= Math.max(0, read);
    notifyAll();
  }

  @Override
  public void run() {
    byte[] buffer = new byte[32 * 1024];
    try {
      while (true) {
        int limit = Math.min(buffer.length, begin());
        int read = PAUSED;
        try {
          read = read(buffer, limit);
        } finally {
          end(read);
        }
        if (read == -1) {
          engine.send(Frame.END_OF_INPUT);
          return;
        } else if (read != PAUSED) {
          engine.send(Frame.INPUT, buffer, 0, read);
        }
      }
    } catch (IOException | InterruptedException e) {
      // The engine has gone, which the reader of its frames notices.
    }
  }

  // Only a channel's read can be interrupted, and only its own descriptor is closed by that.
  private int read(byte[] buffer, int limit) throws IOException {
    if (!terminal) {
      return plain.read(buffer, 0, limit);
    }
    try {
      return channel().read(ByteBuffer.wrap(buffer, 0, limit));
    } catch (ClosedByInterruptException asked) {
      channel = null;
      return PAUSED;
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(Path.of("/proc/self/fd/0"), StandardOpenOption.READ);
      channel = open;
    }
    return open;
  }
}
