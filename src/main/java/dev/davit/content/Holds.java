package dev.davit.content;

import java.util.Optional;
import java.util.function.Supplier;

/// The holds that are open. What would remove something runs when there is none: at once, or at the
/// end of the last.
final class Holds {
  private final Runnable idle;
  private int open;
  private boolean due;
  private Runnable removal = () -> {};

  /// @param idle is run at the end of the last of those that were open, when nobody can open one
  Holds(Runnable idle) {
    this.idle = idle;
  }

  synchronized Hold open() {
    open++;
    return new Hold() {
      private boolean closed;

      @Override
      public void close() {
        synchronized (Holds.this) {
          if (!closed) {
            closed = true;
            end();
          }
        }
      }
    };
  }

  private void end() {
    open--;
    if (open > 0) {
      return;
    }
    if (due) {
      due = false;
      removal.run();
    }
    idle.run();
  }

  /// Runs `now` while nobody can open a hold. Where one is open, the result is empty and `later` is
  /// run at the end of the last.
  synchronized <T> Optional<T> whenFree(Supplier<T> now, Runnable later) {
    if (open > 0) {
      due = true;
      removal = later;
      return Optional.empty();
    }
    return Optional.of(now.get());
  }
}
