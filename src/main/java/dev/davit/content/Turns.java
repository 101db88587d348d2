package dev.davit.content;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.HashSet;
import java.util.Set;

/// Who may write what: one at a time, whatever threads they are on.
final class Turns {
  private final Set<Object> taken = new HashSet<>();

  /// Ends a turn.
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /// Waits until nobody else has `what`.
  synchronized Turn take(Object what) {
    while (!taken.add(what)) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DavitException(Kind.UNAVAILABLE, "wait for " + what + " interrupted", null, e);
      }
    }
    return () -> end(what);
  }

  private synchronized void end(Object what) {
    taken.remove(what);
    notifyAll();
  }
}
