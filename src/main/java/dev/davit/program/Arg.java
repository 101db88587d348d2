package dev.davit.program;

import dev.davit.linux.Fd;
import java.util.List;
import java.util.stream.Collectors;

/// One argument of a [Step]: knows how it reads in a trace, never where it lies in memory.
public sealed interface Arg {
  /// A null pointer.
  record Null() implements Arg {}

  /// A number, printed as such.
  record Num(long value) implements Arg {}

  /// A number whose bits or value have names.
  record Flags(long bits, String names) implements Arg {}

  /// A pointer to a string.
  record Str(String value) implements Arg {}

  /// A pointer to an array of strings that ends with a null pointer.
  record Strs(List<String> values) implements Arg {
    public Strs {
      values = List.copyOf(values);
    }
  }

  /// A descriptor.
  record Handle(Fd fd) implements Arg {}

  /// A pointer to a structure.
  ///
  /// @param text how it reads in a trace
  record Struct(Bytes bytes, String text) implements Arg {}

  /// A pointer to a structure whose 8 bytes at `offset` point to `pointee`.
  record Pointer(Bytes bytes, int offset, Bytes pointee, String text) implements Arg {}

  /// What the step `back` steps earlier returned. A step's result goes to one such argument at
  /// most.
  record Result(int back) implements Arg {}

  /// How strace -y would print it.
  ///
  /// @param number the number of the step, from 1
  default String print(int number) {
    return switch (this) {
      case Null() -> "NULL";
      case Num(long value) -> Long.toString(value);
      case Flags(_, String names) -> names.isEmpty() ? "0" : names;
      case Str(String value) -> quoted(value);
      case Strs(List<String> values) ->
          values.stream().map(Arg::quoted).collect(Collectors.joining(", ", "[", "]"));
      case Handle(Fd fd) -> fd.toString();
      case Struct(_, String text) -> text;
      case Pointer(_, _, _, String text) -> text;
      case Result(int back) -> "#" + (number - back);
    };
  }

  private static String quoted(String value) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default ->
            out.append(c < 0x20 || c == 0x7f ? "\\%o".formatted((int) c) : Character.toString(c));
      }
    }
    return out.append('"').toString();
  }
}
