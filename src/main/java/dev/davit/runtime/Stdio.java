package dev.davit.runtime;

import dev.davit.linux.Fd;

/// What a process has as descriptors 0, 1 and 2.
public sealed interface Stdio {
  /// Three descriptors of the caller, who closes them.
  record Pipes(Fd in, Fd out, Fd err) implements Stdio {}

  /// A new terminal of that size.
  record Terminal(int rows, int columns) implements Stdio {}
}
