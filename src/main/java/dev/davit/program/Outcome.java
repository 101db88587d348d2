package dev.davit.program;

import dev.davit.linux.Errno;

/// What one [Step] came to.
public sealed interface Outcome {
  record Returned(long value) implements Outcome {}

  record Failed(Errno errno) implements Outcome {}

  record NotReached() implements Outcome {}

  /// As strace prints it behind the call.
  default String print() {
    return switch (this) {
      case Returned(long value) -> "= " + value;
      case Failed(Errno errno) -> "= -1 " + errno.print();
      case NotReached() -> "= ?";
    };
  }
}
