package dev.davit.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// An IPv4 address; reads, prints and goes into JSON as `10.89.0.2`.
///
/// @param bits the address in host byte order
public record Ipv4(int bits) implements Ip {
  /// The address that `text` spells as four decimal numbers; throws `INVALID` on anything else.
  @JsonCreator
  public static Ipv4 parse(String text) {
    String[] parts = text.split("\\.", -1);
    int bits = 0;
    boolean good = parts.length == 4;
    for (String part : parts) {
      good = good && part.matches("[0-9]{1,3}") && Integer.parseInt(part) < 256;
      bits = good ? (bits << 8) | Integer.parseInt(part) : 0;
    }
    if (!good) {
      throw new DavitException(
          Kind.INVALID, "\"" + text + "\" is no IPv4 address", "write it like 10.89.0.2");
    }
    return new Ipv4(bits);
  }

  /// The address whose four bytes stand in network order at `offset` of `bytes`.
  static Ipv4 of(byte[] bytes, int offset) {
    int bits = 0;
    for (int i = 0; i < 4; i++) {
      bits = (bits << 8) | (bytes[offset + i] & 0xff);
    }
    return new Ipv4(bits);
  }

  @Override
  public byte[] bytes() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }

  @Override
  public Inet4Address toInet() {
    try {
      return (Inet4Address) InetAddress.getByAddress(bytes());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean isLoopback() {
    return bits >>> 24 == 127;
  }

  @Override
  public Ipv4 plus(long offset) {
    return new Ipv4((int) (bits + offset));
  }

  @JsonValue
  @Override
  public String toString() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 0xff)
        + "."
        + (bits >>> 8 & 0xff)
        + "."
        + (bits & 0xff);
  }
}
