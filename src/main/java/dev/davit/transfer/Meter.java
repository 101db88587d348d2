package dev.davit.transfer;

/// Hears how far a transfer is. Called by several threads, one at a time.
@FunctionalInterface
public interface Meter {
  /// Hears nothing.
  Meter NONE = (_, _) -> {};

  /// @param done bytes that need not be transferred any more
  /// @param total bytes of everything
  void at(long done, long total);
}
