package dev.davit.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// A netlink message as a value: what the kernel shall do, and how that reads.
public final class Message {
  static final int REQUEST = 1;
  static final int ACK = 4;
  static final int DUMP = 0x300;
  static final int REPLACE = 0x100;
  static final int EXCL = 0x200;
  static final int CREATE = 0x400;
  static final int APPEND = 0x800;
  static final int HEADER = 16;

  private final String text;
  private final int type;
  private final int flags;
  private final byte[] header;
  private final byte[] attributes;

  /// @param text how ip(8) or nft(8) would put it
  /// @param header the fixed part of this type, `struct ifinfomsg` for a link
  Message(String text, int type, int flags, byte[] header, Attributes attributes) {
    this.text = text;
    this.type = type;
    this.flags = flags | REQUEST;
    this.header = header;
    this.attributes = attributes.toByteArray();
  }

  int type() {
    return type;
  }

  int length() {
    return HEADER + ((header.length + 3) & ~3) + attributes.length;
  }

  /// The bytes that go to the kernel.
  ///
  /// @param more flags besides its own
  byte[] encode(int sequence, int more) {
    byte[] bytes = new byte[length()];
    var out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(length()).putShort((short) type).putShort((short) (flags | more));
    out.putInt(sequence).putInt(0).put(header);
    out.position((out.position() + 3) & ~3);
    out.put(attributes);
    return bytes;
  }

  /// What it says and its bytes (sequence number 0) in rows of 16: the form of golden files.
  String dump() {
    var lines = new StringBuilder(text).append('\n');
    byte[] bytes = encode(0, 0);
    for (int at = 0; at < bytes.length; at += 16) {
      int end = Math.min(at + 16, bytes.length);
      lines.append("  ").append(HexFormat.ofDelimiter(" ").formatHex(bytes, at, end)).append('\n');
    }
    return lines.toString();
  }

  /// As ip(8) or nft(8) would put it.
  @Override
  public String toString() {
    return text;
  }
}
