package dev.davit.cli;

import java.util.Arrays;
import java.util.Optional;

/// A signal that the client passes on. Numbers as in signal(7), which are the same on x86-64 and
/// aarch64.
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  TERM(15);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// The exit code of a process that the signal ended, as shells report it.
  public int exitCode() {
    return 128 + number;
  }

  static Optional<Signal> of(int number) {
    return Arrays.stream(values()).filter(signal -> signal.number == number).findFirst();
  }
}
