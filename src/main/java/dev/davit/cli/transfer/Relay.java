package dev.davit.cli.transfer;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Cancellation;
import dev.davit.reconcile.Report;
import dev.davit.transfer.Meter;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// Lets a transfer run on a thread that is interrupted when it is cancelled, and tells of it on the
/// caller's, which goes on with the plan and must not be.
final class Relay {
  private final BlockingQueue<Optional<Bytes>> heard = new LinkedBlockingQueue<>();

  private record Bytes(long done, long total) {}

  /// Returns what `work` does, or throws as it does; interrupts it when `cancel` is.
  static <T> T run(Cancellation cancel, Report report, Function<Meter, T> work) {
    return new Relay().relay(cancel, report, work);
  }

  private <T> T relay(Cancellation cancel, Report report, Function<Meter, T> work) {
    var result = new CompletableFuture<T>();
    Thread worker = Thread.ofVirtual().name("transfer").start(() -> complete(result, work));
    cancel.onCancel(worker::interrupt);
    try {
      for (Optional<Bytes> next = heard.take(); next.isPresent(); next = heard.take()) {
        report.bytes(next.get().done(), next.get().total());
      }
      return result.join();
    } catch (InterruptedException e) {
      worker.interrupt();
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "transfer interrupted", null, e);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private <T> void complete(CompletableFuture<T> result, Function<Meter, T> work) {
    try {
      result.complete(work.apply((done, total) -> heard.add(Optional.of(new Bytes(done, total)))));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    } finally {
      heard.add(Optional.empty());
    }
  }
}
