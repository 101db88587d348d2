package dev.davit.runtime;

import dev.davit.linux.Fd;
import java.util.Optional;

/// What the child becomes by its own last step: [Init], which goes on from there.
///
/// @param name what it shall do
/// @param code its sealed memfd
/// @param kept the descriptor that it finds under the number [#KEPT]
/// @param why what that is for
record Trampoline(String name, Fd code, Optional<Fd> kept, String why) {
  /// The number of [#code]; [Init] knows by it who has started it.
  static final int CODE = 3;

  static final int KEPT = 4;

  /// PID 1 that stays.
  static Trampoline init(Fd code, Optional<Fd> terminal) {
    return new Trampoline(Init.NAME, code, terminal, "the terminal outlives an engine");
  }

  /// Becomes the program.
  static Trampoline exec(Fd code, Fd report) {
    return new Trampoline(Init.EXEC, code, Optional.of(report), "an execve that fails is told");
  }

  /// Its child becomes the program.
  static Trampoline enter(Fd code, Fd report) {
    return new Trampoline(Init.ENTER, code, Optional.of(report), "who the process is, is told");
  }

  /// The first number that the program's own descriptors do not have.
  int firstClosed() {
    return kept.isPresent() ? KEPT + 1 : CODE + 1;
  }

  /// Whether it takes signals by waiting for them: one that came before it waits would be lost.
  boolean waitsForSignals() {
    return name.equals(Init.NAME);
  }
}
