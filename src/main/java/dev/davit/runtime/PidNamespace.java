package dev.davit.runtime;

import dev.davit.linux.CloneFlag;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Children in somebody else's PID namespace. setns(2) with CLONE_NEWPID is for the children of the
/// calling thread only, and cannot be undone, so the thread that makes it ends afterwards.
final class PidNamespace {
  private PidNamespace() {}

  /// What `action` gives on a thread whose children are born in the namespace of `file`.
  static <T> T within(Path file, Supplier<T> action) {
    try (Fd namespace = Kernel.open(file.toString(), Open.RDONLY, 0)) {
      return within(namespace, action);
    }
  }

  /// As above; `namespace` may also be a pidfd.
  static <T> T within(Fd namespace, Supplier<T> action) {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform()
        .name("setns-pid")
        .start(
            () -> {
              try {
                Kernel.setns(namespace, (int) CloneFlag.NEWPID.bit());
                result.complete(action.get());
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
