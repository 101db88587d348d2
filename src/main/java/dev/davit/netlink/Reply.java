package dev.davit.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// A message from the kernel.
///
/// @param body what follows `struct nlmsghdr`
record Reply(int type, int flags, int sequence, Body body) {
  static final int ERROR = 2;
  static final int DONE = 3;

  private static final int CAPPED = 0x100;
  private static final int ACK_TLVS = 0x200;
  private static final int ERROR_MESSAGE = 1;

  /// Bytes that are compared by nobody.
  @SuppressWarnings("ArrayRecordComponent")
  record Body(byte[] bytes) {}

  /// The messages of one datagram; what is cut short is left out.
  static List<Reply> parse(byte[] datagram) {
    var buffer = ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN);
    var replies = new ArrayList<Reply>();
    int at = 0;
    while (at + Message.HEADER <= datagram.length) {
      int length = buffer.getInt(at);
      if (length < Message.HEADER || length > datagram.length - at) {
        break;
      }
      byte[] body = Arrays.copyOfRange(datagram, at + Message.HEADER, at + length);
      int type = buffer.getShort(at + 4) & 0xffff;
      int flags = buffer.getShort(at + 6) & 0xffff;
      replies.add(new Reply(type, flags, buffer.getInt(at + 8), new Body(body)));
      at += (length + 3) & ~3;
    }
    return replies;
  }

  /// The errno of an error or of a dump's end, 0 for an acknowledgement.
  int errno() {
    return body.bytes.length < 4 ? 0 : -Attributes.toInt(body.bytes);
  }

  /// What the kernel says beyond the errno, or an empty string.
  String explanation() {
    if ((flags & ACK_TLVS) == 0 || body.bytes.length < 20) {
      return "";
    }
    boolean capped = (flags & CAPPED) != 0;
    int request = ByteBuffer.wrap(body.bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    int offset = 4 + (capped ? Message.HEADER : (request + 3) & ~3);
    byte[] text = attributes(offset).get(ERROR_MESSAGE);
    return text == null ? "" : Attributes.toText(text);
  }

  /// The attributes behind `offset` bytes of the body.
  Map<Integer, byte[]> attributes(int offset) {
    return Attributes.parse(body.bytes, offset);
  }

  int u8(int offset) {
    return body.bytes[offset] & 0xff;
  }

  int i32(int offset) {
    return ByteBuffer.wrap(body.bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }
}
