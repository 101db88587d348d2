package dev.davit.reconcile;

import java.util.concurrent.CompletableFuture;

/// Ends a running plan: what runs is finished, waits end, the rest is skipped.
public final class Cancellation {
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();

  public void cancel() {
    cancelled.complete(null);
  }

  public boolean isCancelled() {
    return cancelled.isDone();
  }

  /// Calls `action` when it is cancelled, at once if it is.
  public void onCancel(Runnable action) {
    var _ = cancelled.thenRun(action);
  }
}
