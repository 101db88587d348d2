package dev.davit.cli.stack;

import dev.davit.cli.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Signals for a container that is about to run: those that come too early are kept until it does.
final class EarlySignals {
  private final Consumer<Signal> target;
  private final List<Signal> kept = new ArrayList<>();
  private boolean begun;

  EarlySignals(Consumer<Signal> target) {
    this.target = target;
  }

  void take(Signal signal) {
    synchronized (kept) {
      if (!begun) {
        kept.add(signal);
        return;
      }
    }
    target.accept(signal);
  }

  /// The first of those that are kept.
  Optional<Signal> any() {
    synchronized (kept) {
      return kept.stream().findFirst();
    }
  }

  /// It runs: passes on what was kept, and everything from now on.
  void begin() {
    List<Signal> all;
    synchronized (kept) {
      begun = true;
      all = List.copyOf(kept);
      kept.clear();
    }
    all.forEach(target);
  }
}
