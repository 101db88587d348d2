package dev.davit.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/// File names as bytes and as [dev.davit.linux.FileCalls] writes them, where what is no UTF-8 has a
/// character of its own for each byte.
final class Bytes {
  private static final int ESCAPE = 0xdc00;

  private Bytes() {}

  static byte[] of(String name) {
    if (UTF_8.newEncoder().canEncode(name)) {
      return name.getBytes(UTF_8);
    }
    byte[] bytes = new byte[name.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) name.charAt(i);
    }
    return bytes;
  }

  static String name(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      var text = new StringBuilder();
      for (byte b : bytes) {
        text.append(b >= 0 ? (char) b : (char) (ESCAPE | (b & 0xff)));
      }
      return text.toString();
    }
  }
}
