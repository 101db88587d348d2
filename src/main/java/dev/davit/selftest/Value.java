package dev.davit.selftest;

import java.nio.charset.StandardCharsets;

/// An argument of a call in a [Probe].
sealed interface Value {
  /// A number or flags, 8 bytes.
  record Word(long number) implements Value {}

  /// The address of those bytes, a character for each.
  record Bytes(String bytes) implements Value {}

  /// The address of that many bytes for the kernel to fill in.
  record Room(int size) implements Value {}

  /// What an earlier call of the probe has returned; one call's result is used once.
  ///
  /// @param row of that call
  record Result(int row) implements Value {}

  static Value of(long number) {
    return new Word(number);
  }

  static Value bytes(byte[] bytes) {
    return new Bytes(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /// A text as C has it.
  static Value text(String text) {
    return bytes((text + "\0").getBytes(StandardCharsets.UTF_8));
  }
}
