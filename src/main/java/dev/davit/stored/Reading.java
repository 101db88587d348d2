package dev.davit.stored;

/// What came of reading a file.
public sealed interface Reading<T> {
  /// It is there and whole.
  record Whole<T>(T value) implements Reading<T> {}

  /// There is no such file.
  record Absent<T>() implements Reading<T> {}

  /// There is something, and it says nothing that can be relied on.
  record Useless<T>(Damage damage) implements Reading<T> {}
}
