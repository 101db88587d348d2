package dev.davit.client;

import java.io.IOException;
import java.io.InputStream;

/// Sends stdin as far as the engine has given credit; without any it reads nothing.
final class Stdin extends Thread {
  private final InputStream in;
  private final FrameChannel engine;
  private int credit;
  private boolean started;

  Stdin(InputStream in, FrameChannel engine) {
    super("stdin");
    this.in = in;
    this.engine = engine;
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

  private synchronized int awaitCredit() throws InterruptedException {
    while (credit <= 0) {
      wait();
    }
    return credit;
  }

  private synchronized void spend(int bytes) {
    credit -= bytes;
  }

  @Override
  public void run() {
    byte[] buffer = new byte[32 * 1024];
    try {
      while (true) {
        int read = in.read(buffer, 0, Math.min(buffer.length, awaitCredit()));
        if (read < 0) {
          engine.send(Frame.END_OF_INPUT);
          return;
        }
        spend(read);
        engine.send(Frame.INPUT, buffer, 0, read);
      }
    } catch (IOException | InterruptedException e) {
      // The engine has gone, which the reader of its frames notices.
    }
  }
}
