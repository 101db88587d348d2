package dev.davit.selftest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.davit.linux.Arch;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// System calls to be made inside of a container, one after the other whatever they come to. Each
/// method adds a call and returns its row, by which [Seen] tells of it.
final class Probe {
  static final int ROW = 80;
  static final int RESULT = 56;

  private static final int COPY = 64;
  private static final int OLD = 72;
  private static final int ARGUMENTS = 6;
  private static final int STAT_SIZE = 144;
  private static final long CWD = -100;

  private record Row(long number, boolean old, List<Value> arguments) {}

  private final Arch arch;
  private final List<Row> rows = new ArrayList<>();

  Probe() {
    this(Arch.current());
  }

  Probe(Arch arch) {
    this.arch = arch;
  }

  int call(Syscall call, Object... arguments) {
    return number(call.number(arch), arguments);
  }

  /// A call by its number.
  int number(long number, Object... arguments) {
    rows.add(new Row(number, false, values(arguments)));
    return rows.size() - 1;
  }

  /// A call of the 32-bit ABI by its number there; x86-64 only.
  int old(int number, Object... arguments) {
    rows.add(new Row(number, true, values(arguments)));
    return rows.size() - 1;
  }

  private static List<Value> values(Object[] arguments) {
    return Arrays.stream(arguments)
        .map(
            it ->
                switch (it) {
                  case Value value -> value;
                  case String text -> Value.text(text);
                  case Number number -> Value.of(number.longValue());
                  default -> throw new IllegalArgumentException(it.toString());
                })
        .toList();
  }

  /// Opens a file without waiting for anybody.
  ///
  /// @param flags as open(2)
  int open(String path, int flags) {
    return call(Syscall.OPENAT, CWD, path, flags | Open.NONBLOCK, 0);
  }

  /// Reads from what the call before has opened.
  int read(int size) {
    return call(Syscall.READ, new Value.Result(rows.size() - 1), new Value.Room(size), size);
  }

  /// The names in what the call before has opened (getdents64(2)).
  int names(int size) {
    return call(Syscall.GETDENTS64, new Value.Result(rows.size() - 1), new Value.Room(size), size);
  }

  /// What is at `path`, not following a link at its end (newfstatat(2)).
  int stat(String path) {
    return call(Syscall.NEWFSTATAT, CWD, path, new Value.Room(STAT_SIZE), 0x100);
  }

  int readlink(String path) {
    return call(Syscall.READLINKAT, CWD, path, new Value.Room(256), 256);
  }

  /// Says something before the end.
  int say(String text) {
    return call(Syscall.WRITE, 1, text, text.length());
  }

  int sleep(long seconds) {
    ByteBuffer time = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(seconds);
    return call(Syscall.NANOSLEEP, Value.bytes(time.array()), 0);
  }

  /// The program: a static ELF file.
  byte[] elf() {
    return new Layout(arch, calls()).file();
  }

  /// What a run of the program has written; nothing where it has not come to its end.
  Seen read(String output) {
    var layout = new Layout(arch, calls());
    return layout.read(output);
  }

  // The last two are put in here, for the table's size is in them.
  private List<Row> calls() {
    var all = new ArrayList<>(rows);
    all.add(new Row(Syscall.WRITE.number(arch), false, List.of()));
    all.add(new Row(Syscall.EXIT_GROUP.number(arch), false, List.of(Value.of(0))));
    return all;
  }

  /// Where everything is in the file and, at the same distances, in memory.
  private static final class Layout {
    private final byte[] code;
    private final List<Row> rows;
    private final long[][] places;
    private final int fileSize;
    private final int memorySize;

    Layout(Arch arch, List<Row> rows) {
      this.code = ProbeCode.bytes(arch);
      this.rows = rows;
      this.places = new long[rows.size()][ARGUMENTS];
      int at = code.length + ROW * rows.size();
      at = place(at, Value.Bytes.class);
      fileSize = at;
      memorySize = place(at, Value.Room.class);
    }

    private int place(int from, Class<? extends Value> kind) {
      int at = from;
      for (int i = 0; i < rows.size(); i++) {
        for (int j = 0; j < rows.get(i).arguments().size(); j++) {
          Value value = rows.get(i).arguments().get(j);
          if (kind.isInstance(value)) {
            places[i][j] = at;
            at += (size(value) + 7) & ~7;
          }
        }
      }
      return at;
    }

    private static int size(Value value) {
      return switch (value) {
        case Value.Bytes(String bytes) -> bytes.length();
        case Value.Room(int size) -> size;
        case Value.Word _, Value.Result _ -> 0;
      };
    }

    byte[] file() {
      ByteBuffer file = ByteBuffer.allocate(fileSize).order(ByteOrder.LITTLE_ENDIAN);
      file.put(code);
      file.putLong(ProbeCode.FILE_SIZE, fileSize).putLong(ProbeCode.MEMORY_SIZE, memorySize);
      for (int i = 0; i < rows.size(); i++) {
        file.putLong(row(i), rows.get(i).number());
        file.putLong(row(i) + COPY, ProbeCode.BASE + row(i) + RESULT);
        file.putLong(row(i) + OLD, rows.get(i).old() ? 1 : 0);
      }
      for (int i = 0; i < rows.size(); i++) {
        for (int j = 0; j < rows.get(i).arguments().size(); j++) {
          put(file, i, j, rows.get(i).arguments().get(j));
        }
      }
      writeAll(file, rows.size() - 2);
      return file.array();
    }

    private int row(int index) {
      return code.length + ROW * index;
    }

    private void put(ByteBuffer file, int row, int argument, Value value) {
      int cell = row(row) + 8 + 8 * argument;
      switch (value) {
        case Value.Word(long number) -> file.putLong(cell, number);
        case Value.Result(int earlier) -> file.putLong(row(earlier) + COPY, ProbeCode.BASE + cell);
        case Value.Bytes(String bytes) -> {
          file.putLong(cell, ProbeCode.BASE + places[row][argument]);
          file.put((int) places[row][argument], bytes.getBytes(ISO_8859_1));
        }
        case Value.Room _ -> file.putLong(cell, ProbeCode.BASE + places[row][argument]);
      }
    }

    private void writeAll(ByteBuffer file, int row) {
      file.putLong(row(row) + 8, 1);
      file.putLong(row(row) + 16, ProbeCode.BASE + code.length);
      file.putLong(row(row) + 24, memorySize - code.length);
    }

    // Whatever the probe has said before is in front of it.
    Seen read(String output) {
      int length = memorySize - code.length;
      if (output.length() < length) {
        return Seen.NOTHING;
      }
      String table = output.substring(output.length() - length);
      ByteBuffer memory =
          ByteBuffer.wrap(table.getBytes(ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
      var results = new ArrayList<Seen.Row>();
      for (int i = 0; i < rows.size() - 2; i++) {
        results.add(new Seen.Row(memory.getLong(ROW * i + RESULT), room(i, table)));
      }
      return new Seen(results);
    }

    private String room(int row, String table) {
      List<Value> arguments = rows.get(row).arguments();
      for (int j = 0; j < arguments.size(); j++) {
        if (arguments.get(j) instanceof Value.Room(int size)) {
          int at = (int) places[row][j] - code.length;
          return table.substring(at, at + size);
        }
      }
      return "";
    }
  }
}
