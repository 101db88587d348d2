package dev.davit.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets work in until it is closed, and knows when all that came in is done.
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private boolean closed;
  private int inside;

  /// Whether the work may begin; then [#leave] has to follow, on any thread.
  boolean enter() {
    lock.lock();
    try {
      inside += closed ? 0 : 1;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      inside--;
      empty.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Lets nothing in any more; returns whether what was inside has left within `patience`.
  boolean close(Duration patience) {
    lock.lock();
    try {
      closed = true;
      long nanos = patience.toNanos();
      while (inside > 0 && nanos > 0) {
        nanos = empty.awaitNanos(nanos);
      }
      return inside == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
