package dev.davit.reconcile;

import java.util.Optional;

/// Carries one operation out.
@FunctionalInterface
public interface OperationRunner {
  /// Returns when it is done, with a warning if something is to be known; throws
  /// [dev.davit.error.DavitException] if it cannot be done. Waits end early when `cancel` is.
  ///
  /// @param report hears of it meanwhile
  Optional<String> run(Operation operation, Cancellation cancel, Report report);
}
