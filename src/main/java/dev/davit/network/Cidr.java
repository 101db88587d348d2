package dev.davit.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;

/// A range of IPv4 addresses that share a prefix; reads, prints and goes into JSON as
/// `10.89.0.0/24`. Host bits are always zero.
///
/// @param length of the prefix, 0 to 32 bits
public record Cidr(Ipv4 first, int length) {
  public Cidr {
    if (length < 0 || length > 32) {
      throw new DavitException(Kind.INVALID, "prefix length \"" + length + "\" is not 0 to 32");
    }
    first = new Ipv4(first.bits() & mask(length));
  }

  /// The range that `text` spells; host bits are dropped. Throws `INVALID` on anything else, and
  /// `UNSUPPORTED` on an IPv6 range.
  @JsonCreator
  public static Cidr parse(String text) {
    if (text.contains(":")) {
      throw new DavitException(
          Kind.UNSUPPORTED, "IPv6 subnet \"" + text + "\" is not supported yet");
    }
    int slash = text.indexOf('/');
    String length = text.substring(slash + 1);
    if (slash < 0 || !length.matches("[0-9]{1,2}")) {
      throw new DavitException(
          Kind.INVALID, "\"" + text + "\" is no subnet", "write it like 10.89.0.0/24");
    }
    return new Cidr(Ipv4.parse(text.substring(0, slash)), Integer.parseInt(length));
  }

  public boolean contains(Ipv4 address) {
    return (address.bits() & mask(length)) == first.bits();
  }

  /// Whether every address of `other` is in this range too.
  public boolean contains(Cidr other) {
    return other.length >= length && contains(other.first);
  }

  public boolean overlaps(Cidr other) {
    return contains(other) || other.contains(this);
  }

  /// The last address, which is the broadcast address of a subnet.
  public Ipv4 last() {
    return new Ipv4(first.bits() | ~mask(length));
  }

  /// How many addresses it has.
  public long size() {
    return 1L << (32 - length);
  }

  private static int mask(int length) {
    return length == 0 ? 0 : -1 << (32 - length);
  }

  @JsonValue
  @Override
  public String toString() {
    return first + "/" + length;
  }
}
