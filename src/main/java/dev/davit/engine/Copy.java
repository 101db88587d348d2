package dev.davit.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Carries bytes to a stream of a caller, which may be slow: who brings them is told to wait.
final class Copy {
  private static final int FULL = 16;
  private static final byte[] END = {};

  private final OutputStream out;
  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private volatile @Nullable Runnable room;

  Copy(OutputStream out) {
    this.out = out;
    Thread.ofVirtual().name("copy").start(this::write);
  }

  /// Returns false if it is full; then `whenRoom` will be called.
  boolean take(byte[] bytes, Runnable whenRoom) {
    queue.add(bytes);
    if (queue.size() < FULL) {
      return true;
    }
    room = whenRoom;
    // It may have been emptied meanwhile.
    queue.add(EMPTY);
    return false;
  }

  private static final byte[] EMPTY = new byte[0];

  /// Completes [#done] when what was taken is written.
  void end() {
    queue.add(END);
  }

  CompletableFuture<Void> done() {
    return done;
  }

  @SuppressWarnings("ReferenceEquality")
  private void write() {
    boolean broken = false;
    try {
      for (byte[] bytes = queue.take(); bytes != END; bytes = queue.take()) {
        broken = broken || !write(bytes);
        Runnable waiting = room;
        if (waiting != null && queue.isEmpty()) {
          room = null;
          waiting.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      done.complete(null);
    }
  }

  // A caller who has gone does not end the container.
  private boolean write(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
