package dev.davit.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Arrays;

/// A range of addresses that share a prefix; reads, prints and goes into JSON as `10.89.0.0/24` or
/// `fd00::/64`. Host bits are always zero.
///
/// @param length of the prefix, 0 to 32 or 128 bits
public record Cidr(Ip first, int length) {
  public Cidr {
    if (length < 0 || length > first.width()) {
      throw new DavitException(
          Kind.INVALID, "prefix length \"" + length + "\" is not 0 to " + first.width());
    }
    first = Ip.of(hostBits(first.bytes(), length, false));
  }

  /// The range that `text` spells; host bits are dropped. Throws `INVALID` on anything else.
  @JsonCreator
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String length = text.substring(slash + 1);
    if (slash < 0 || !length.matches("[0-9]{1,3}")) {
      throw new DavitException(
          Kind.INVALID,
          "\"" + text + "\" is no subnet",
          "write it like 10.89.0.0/24 or fd00:89::/64");
    }
    return new Cidr(Ip.parse(text.substring(0, slash)), Integer.parseInt(length));
  }

  public boolean isIpv6() {
    return first.isIpv6();
  }

  public boolean contains(Ip address) {
    return address.width() == first.width()
        && Arrays.equals(hostBits(address.bytes(), length, false), first.bytes());
  }

  /// Whether every address of `other` is in this range too.
  public boolean contains(Cidr other) {
    return other.length >= length && contains(other.first);
  }

  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /// The last address, which is the broadcast address of an IPv4 subnet.
  public Ip last() {
    return Ip.of(hostBits(first.bytes(), length, true));
  }

  /// How many addresses it has, at most `Long.MAX_VALUE`.
  public long size() {
    int free = first.width() - length;
    return free > 62 ? Long.MAX_VALUE : 1L << free;
  }

  private static byte[] hostBits(byte[] bytes, int from, boolean ones) {
    for (int bit = from; bit < bytes.length * 8; bit++) {
      int mask = 0x80 >> bit % 8;
      bytes[bit / 8] = (byte) (ones ? bytes[bit / 8] | mask : bytes[bit / 8] & ~mask);
    }
    return bytes;
  }

  @JsonValue
  @Override
  public String toString() {
    return first + "/" + length;
  }
}
