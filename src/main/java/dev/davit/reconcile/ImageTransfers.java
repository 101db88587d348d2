package dev.davit.reconcile;

import java.util.Optional;

/// Images from registries and to them, with the credentials of whoever asked for it. Both throw
/// [dev.davit.error.DavitException] and end early when `cancel` is.
public interface ImageTransfers {
  /// Returns what is to be known besides, if anything.
  Optional<String> pull(Operation.PullImage pull, Cancellation cancel, Report report);

  /// Returns what is to be known besides, if anything.
  Optional<String> push(Operation.PushImage push, Cancellation cancel, Report report);

  /// Of an engine that acts by itself, for nobody who could be asked for a login.
  ImageTransfers NONE =
      new ImageTransfers() {
        @Override
        public Optional<String> pull(Operation.PullImage pull, Cancellation cancel, Report report) {
          throw new IllegalStateException("nobody asked for " + pull.subject());
        }

        @Override
        public Optional<String> push(Operation.PushImage push, Cancellation cancel, Report report) {
          throw new IllegalStateException("nobody asked for " + push.subject());
        }
      };
}
