package dev.davit.reconcile;

/// Hears of an operation while it runs.
@FunctionalInterface
public interface Report {
  /// Hears nothing.
  Report NONE = _ -> {};

  /// A line that a program which is run for it has written.
  void line(String text);

  /// How far it is.
  ///
  /// @param total bytes of all
  default void bytes(long done, long total) {}
}
