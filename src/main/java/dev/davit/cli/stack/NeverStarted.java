package dev.davit.cli.stack;

import dev.davit.engine.Container;
import dev.davit.engine.Containers;

/// A container whose command was given up before it was started.
final class NeverStarted {
  private NeverStarted() {}

  /// Removes it with its anonymous volumes, if it is there and was to be removed when it ends.
  ///
  /// @param ref id or name
  static void remove(Containers containers, String ref) {
    containers
        .find(ref)
        .filter(container -> container.config().stop().removed())
        .map(Container::id)
        .ifPresent(it -> containers.remove(it, true, true));
  }
}
