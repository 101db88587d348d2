package dev.davit.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// An IPv6 address; reads, prints and goes into JSON as `fd00::2` (RFC 5952).
///
/// @param high the first eight bytes
/// @param low the last eight bytes
public record Ipv6(long high, long low) implements Ip {
  private static final int GROUPS = 8;

  /// The address that `text` spells; throws `INVALID` on anything else, also on one with a zone.
  @JsonCreator
  public static Ipv6 parse(String text) {
    try {
      if (text.indexOf(':') >= 0 && text.indexOf('%') < 0) {
        byte[] bytes = InetAddress.ofLiteral(text).getAddress();
        // The JDK makes ::ffff:10.0.0.1 four bytes.
        return bytes.length == 16 ? of(bytes) : new Ipv6(0, 0xffff_0000_0000L | word(bytes));
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new DavitException(
        Kind.INVALID, "\"" + text + "\" is no IPv6 address", "write it like fd00::2");
  }

  private static long word(byte[] bytes) {
    return Ipv4.of(bytes, 0).bits() & 0xffff_ffffL;
  }

  static Ipv6 of(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    return new Ipv6(buffer.getLong(), buffer.getLong());
  }

  @Override
  public byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }

  @Override
  public Inet6Address toInet() {
    try {
      return Inet6Address.getByAddress(null, bytes(), -1);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean isLoopback() {
    return high == 0 && low == 1;
  }

  @Override
  public Ipv6 plus(long offset) {
    long sum = low + offset;
    boolean carry = offset > 0 && Long.compareUnsigned(sum, low) < 0;
    return new Ipv6(carry ? high + 1 : high, sum);
  }

  /// The longest run of zero groups, the first of several, is written as `::`.
  @JsonValue
  @Override
  public String toString() {
    int[] groups = new int[GROUPS];
    var buffer = ByteBuffer.wrap(bytes());
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = buffer.getShort() & 0xffff;
    }
    int start = -1;
    int longest = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > longest) {
        start = i;
        longest = end - i;
      }
    }
    var text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i += longest - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
