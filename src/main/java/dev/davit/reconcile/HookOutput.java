package dev.davit.reconcile;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/// What a hook writes, line by line, made harmless for a terminal; the last lines are kept.
final class HookOutput extends OutputStream {
  private static final int KEPT = 10;
  private static final int LONGEST = 1 << 14;

  private final Consumer<String> lines;
  private final ArrayDeque<String> last = new ArrayDeque<>();
  private byte[] open = new byte[0];

  HookOutput(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    int begin = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        append(bytes, begin, i);
        line();
        begin = i + 1;
      }
    }
    append(bytes, begin, offset + length);
  }

  private void append(byte[] bytes, int from, int to) {
    int length = Math.min(to - from, LONGEST - open.length);
    byte[] longer = java.util.Arrays.copyOf(open, open.length + Math.max(0, length));
    System.arraycopy(bytes, from, longer, open.length, Math.max(0, length));
    open = longer;
  }

  /// A part of a line, or its end.
  synchronized void add(String text, boolean whole) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    append(bytes, 0, bytes.length);
    if (whole) {
      line();
    }
  }

  /// Whatever has no newline is a line too.
  synchronized void end() {
    if (open.length > 0) {
      line();
    }
  }

  private void line() {
    String line = harmless(new String(open, StandardCharsets.UTF_8));
    open = new byte[0];
    last.addLast(line);
    if (last.size() > KEPT) {
      last.removeFirst();
    }
    lines.accept(line);
  }

  private static String harmless(String text) {
    return text.codePoints()
        .map(point -> Character.isISOControl(point) && point != '\t' ? '\uFFFD' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// The last lines, at most ten.
  synchronized List<String> last() {
    return List.copyOf(last);
  }
}
