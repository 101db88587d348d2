package dev.davit.error;

import java.util.Optional;

/// A text file as its places name it, and how it came to be read: not at all where the user named
/// it.
public record Source(String name, Optional<Via> via) {

  /// What led to a file, or to a part of it.
  ///
  /// @param how for a note: `included here`
  /// @param place where it says so; its own source tells what led there
  public record Via(String how, Place place) {}

  public static Source of(String name) {
    return new Source(name, Optional.empty());
  }

  public static Source of(String name, Via via) {
    return new Source(name, Optional.of(via));
  }

  /// This file as one more step leads to it, from where its own way begins.
  Source reachedBy(Via step) {
    if (via.isEmpty() || via.equals(step.place().source().via())) {
      return of(name, step);
    }
    return of(name, new Via(via.get().how(), via.get().place().reachedBy(step)));
  }
}
