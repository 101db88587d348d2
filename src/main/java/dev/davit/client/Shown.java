package dev.davit.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// Output that a command has shown, and how far it has come with that, for the engine after this
/// one. They travel in one frame: a connection that is lost has brought both or none.
public final class Shown {
  private final boolean error;
  private final String key;
  private final String value;
  private final byte[] bytes;

  /// @param error whether it is for stderr
  /// @param key of what has come to `value`
  public Shown(boolean error, String key, String value, byte[] bytes) {
    this.error = error;
    this.key = key;
    this.value = value;
    this.bytes = bytes;
  }

  boolean error() {
    return error;
  }

  String key() {
    return key;
  }

  String value() {
    return value;
  }

  byte[] bytes() {
    return bytes;
  }

  public byte[] encode() throws IOException {
    var encoded = new ByteArrayOutputStream(256 + bytes.length);
    var out = new DataOutputStream(encoded);
    out.writeBoolean(error);
    Hello.write(out, key);
    Hello.write(out, value);
    out.write(bytes);
    return encoded.toByteArray();
  }

  /// Throws [IOException] if `payload` is none that [#encode] made.
  static Shown decode(byte[] payload) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(payload));
    return new Shown(in.readBoolean(), Hello.read(in), Hello.read(in), in.readAllBytes());
  }
}
