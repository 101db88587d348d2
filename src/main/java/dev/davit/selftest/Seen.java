package dev.davit.selftest;

import dev.davit.linux.Arch;
import dev.davit.linux.Errno;
import dev.davit.linux.Kernel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the calls of a [Probe] came to.
///
/// @param rows one for each call; none where the probe has not come to its end
record Seen(List<Row> rows) {
  static final Seen NOTHING = new Seen(List.of());

  /// @param result as the kernel returned it, a negative errno on failure
  /// @param room what the kernel has filled in, a character for each byte
  record Row(long result, String room) {}

  Seen {
    rows = List.copyOf(rows);
  }

  boolean isThere() {
    return !rows.isEmpty();
  }

  long result(int row) {
    return rows.get(row).result();
  }

  boolean failed(int row) {
    return Kernel.isError(result(row));
  }

  boolean failed(int row, Errno... with) {
    return failed(row) && Arrays.asList(with).contains(Kernel.errno(result(row)));
  }

  /// How the call ended, for people: a number or the name of an errno.
  String outcome(int row) {
    return failed(row) ? Kernel.errno(result(row)).name() : Long.toString(result(row));
  }

  /// What was read; empty where reading failed.
  String text(int row) {
    int length = Math.clamp(result(row), 0, rows.get(row).room().length());
    return rows.get(row).room().substring(0, length);
  }

  ByteBuffer room(int row) {
    byte[] bytes = rows.get(row).room().getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// What [Probe#stat] has found.
  FileStatus file(int row) {
    return FileStatus.of(Arch.current(), room(row));
  }

  /// The names that getdents64(2) has found, without "." and "..".
  List<String> names(int row) {
    var names = new ArrayList<String>();
    ByteBuffer entries = room(row);
    int at = 0;
    while (at < result(row)) {
      int length = Short.toUnsignedInt(entries.getShort(at + 16));
      String name = rows.get(row).room().substring(at + 19, at + length);
      names.add(name.substring(0, name.indexOf('\0')));
      at += length;
    }
    names.removeAll(List.of(".", ".."));
    return names.stream().sorted().toList();
  }
}
