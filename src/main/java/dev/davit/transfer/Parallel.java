package dev.davit.transfer;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Does several things at once, each on a virtual thread.
final class Parallel {
  private final Semaphore permits;

  /// @param permits how many things may be done at a time, here and wherever it is shared
  Parallel(Semaphore permits) {
    this.permits = permits;
  }

  /// Returns when all of `work` is done. The first failure interrupts the rest and is thrown when
  /// that has ended; so is an interrupt.
  void run(List<Runnable> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ExecutorCompletionService<@Nullable Void>(threads);
      for (Runnable each : work) {
        done.submit(() -> permitted(each));
      }
      try {
        for (int i = 0; i < work.size(); i++) {
          get(done.take());
        }
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw interrupted(e);
      } catch (RuntimeException | Error e) {
        threads.shutdownNow();
        throw e;
      }
    }
  }

  private @Nullable Void permitted(Runnable work) throws InterruptedException {
    permits.acquire();
    try {
      work.run();
    } finally {
      permits.release();
    }
    return null;
  }

  private static void get(Future<?> done) throws InterruptedException {
    try {
      done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      if (e.getCause() instanceof Error defect) {
        throw defect;
      }
      throw interrupted(e);
    } catch (CancellationException e) {
      throw interrupted(e);
    }
  }

  private static DavitException interrupted(Throwable cause) {
    return new DavitException(Kind.UNAVAILABLE, "transfer interrupted", null, cause);
  }
}
