package dev.davit.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/// What has been done so far, to be undone in reverse if the rest fails.
final class Undo {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  void add(Runnable step) {
    steps.push(step);
  }

  /// Undoes everything; what fails doing so is added to `cause`.
  void run(Throwable cause) {
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (RuntimeException | Error e) {
        cause.addSuppressed(e);
      }
    }
  }
}
