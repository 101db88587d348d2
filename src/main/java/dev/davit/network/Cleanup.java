package dev.davit.network;

import org.jspecify.annotations.Nullable;

/// Several steps, each of which is taken although another one failed.
final class Cleanup {
  private @Nullable RuntimeException first;

  /// Steps after a failure: what goes wrong is suppressed in it.
  static Cleanup after(RuntimeException failure) {
    var cleanup = new Cleanup();
    cleanup.first = failure;
    return cleanup;
  }

  Cleanup run(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      if (first == null) {
        first = e;
      } else {
        first.addSuppressed(e);
      }
    }
    return this;
  }

  /// Throws the first failure, if there was any.
  void end() {
    if (first != null) {
      throw first;
    }
  }
}
