package dev.davit.selftest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The program that this process runs, as elf(5) describes its file.
final class HostProgram {
  private static final int PROGRAM_HEADERS = 32;
  private static final int HEADER_SIZE = 54;
  private static final int HEADER_COUNT = 56;
  private static final int PT_INTERP = 3;

  private HostProgram() {}

  /// The program interpreter that it asks for, an absolute path; empty if it is static.
  static Optional<String> interpreter() {
    try {
      return interpreter(Files.readAllBytes(Path.of("/proc/self/exe")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param file a 64-bit little-endian ELF file
  static Optional<String> interpreter(byte[] file) {
    ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = (int) elf.getLong(PROGRAM_HEADERS);
    for (int i = 0; i < elf.getShort(HEADER_COUNT); i++) {
      if (elf.getInt(at) == PT_INTERP) {
        int from = (int) elf.getLong(at + 8);
        int length = (int) elf.getLong(at + 32);
        return Optional.of(new String(file, from, length - 1, StandardCharsets.UTF_8));
      }
      at += elf.getShort(HEADER_SIZE);
    }
    return Optional.empty();
  }
}
