package dev.davit.reconcile;

import java.util.Optional;
import java.util.function.Consumer;

/// Carries one operation out.
@FunctionalInterface
public interface OperationRunner {
  /// Returns when it is done, with a warning if something is to be known; throws
  /// [dev.davit.error.DavitException] if it cannot be done. Waits end early when `cancel` is.
  ///
  /// @param output hears each line that a program which is run for it writes
  Optional<String> run(Operation operation, Cancellation cancel, Consumer<String> output);
}
