package dev.davit.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// Immutable bytes, equal by content: the image of a C structure in this machine's byte order.
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /// The structure made of these 64-bit fields.
  public static Bytes ofLongs(long... fields) {
    var buffer = ByteBuffer.allocate(8 * fields.length).order(ByteOrder.nativeOrder());
    buffer.asLongBuffer().put(fields);
    return new Bytes(buffer.array());
  }

  /// The structure made of these 32-bit fields.
  public static Bytes ofInts(int... fields) {
    var buffer = ByteBuffer.allocate(4 * fields.length).order(ByteOrder.nativeOrder());
    buffer.asIntBuffer().put(fields);
    return new Bytes(buffer.array());
  }

  public int length() {
    return content.length;
  }

  public byte[] toArray() {
    return content.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
