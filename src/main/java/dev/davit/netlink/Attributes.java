package dev.davit.netlink;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Netlink attributes in the making: `struct nlattr`, payload, padding to four bytes. Numbers are
/// in host order, which is little-endian on both architectures, unless the method says `be`.
final class Attributes {
  private static final int NESTED = 0x8000;
  private static final int TYPE_MASK = 0x3fff;
  private static final int HEADER = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

  Attributes bytes(int type, byte... payload) {
    int length = HEADER + payload.length;
    if (length > 0xffff) {
      throw new IllegalArgumentException("netlink attribute " + type + " of " + length + " bytes");
    }
    out.write(length);
    out.write(length >> 8);
    out.write(type);
    out.write(type >> 8);
    out.writeBytes(payload);
    out.writeBytes(new byte[-length & 3]);
    return this;
  }

  Attributes u32(int type, int value) {
    return bytes(type, hostOrder(4).putInt(value).array());
  }

  Attributes u16(int type, int value) {
    return bytes(type, hostOrder(2).putShort((short) value).array());
  }

  Attributes be32(int type, int value) {
    return bytes(type, ByteBuffer.allocate(4).putInt(value).array());
  }

  Attributes be64(int type, long value) {
    return bytes(type, ByteBuffer.allocate(8).putLong(value).array());
  }

  /// A string with a zero byte behind it.
  Attributes string(int type, String value) {
    return bytes(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
  }

  Attributes nested(int type, Consumer<Attributes> fill) {
    var inner = new Attributes();
    fill.accept(inner);
    return bytes(type | NESTED, inner.toByteArray());
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }

  static ByteBuffer hostOrder(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Reads attributes from `offset` to the end: type to payload; of several with one type the last.
  /// What is cut short is left out.
  static Map<Integer, byte[]> parse(byte[] bytes, int offset) {
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var found = new HashMap<Integer, byte[]>();
    int at = offset;
    while (at + HEADER <= bytes.length) {
      int length = buffer.getShort(at) & 0xffff;
      if (length < HEADER || at + length > bytes.length) {
        break;
      }
      int type = buffer.getShort(at + 2) & TYPE_MASK;
      found.put(type, Arrays.copyOfRange(bytes, at + HEADER, at + length));
      at += (length + 3) & ~3;
    }
    return found;
  }

  /// The payloads of the attributes in `bytes`, whatever their types.
  static List<byte[]> all(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    var all = new ArrayList<byte[]>();
    int at = 0;
    while (at + HEADER <= bytes.length) {
      int length = buffer.getShort(at) & 0xffff;
      if (length < HEADER || at + length > bytes.length) {
        break;
      }
      all.add(Arrays.copyOfRange(bytes, at + HEADER, at + length));
      at += (length + 3) & ~3;
    }
    return all;
  }

  /// A number in host order.
  static int toInt(byte[] payload) {
    return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /// A string without the zero byte behind it.
  static String toText(byte[] payload) {
    int length = 0;
    while (length < payload.length && payload[length] != 0) {
      length++;
    }
    return new String(payload, 0, length, StandardCharsets.UTF_8);
  }
}
