package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/// Lines of one stream and one moment as they stand in a log, to be written with one call.
final class LogBatch {
  private final Stream stream;
  private final Instant time;
  private final byte[] tail;
  private byte[] bytes = new byte[512];
  private int size;

  /// @param attributes as [LogFormat#attributes] gives them
  LogBatch(Stream stream, Instant time, String attributes) {
    this.stream = stream;
    this.time = time;
    tail = LogFormat.tail(stream, time, attributes);
  }

  Stream stream() {
    return stream;
  }

  Instant time() {
    return time;
  }

  /// Adds the line for `length` bytes of `text`; a newline at their end belongs to them.
  void add(byte[] text, int offset, int length) {
    LogFormat.encode(this, text, offset, length);
    put(tail, 0, tail.length);
  }

  /// Adds bytes as they are.
  void put(byte[] more, int offset, int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
    }
    System.arraycopy(more, offset, bytes, size, length);
    size += length;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, size);
  }
}
