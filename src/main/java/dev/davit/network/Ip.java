package dev.davit.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.net.InetAddress;
import java.util.Comparator;

/// An IPv4 or an IPv6 address; reads, prints and goes into JSON as text.
public sealed interface Ip permits Ipv4, Ipv6 {
  /// IPv4 before IPv6, then by number.
  Comparator<Ip> ORDER =
      Comparator.comparingInt((Ip ip) -> ip.bytes().length)
          .thenComparing(Ip::bytes, java.util.Arrays::compareUnsigned);

  /// The address that `text` spells; throws `INVALID` on anything else.
  @JsonCreator
  static Ip parse(String text) {
    return text.indexOf(':') >= 0 ? Ipv6.parse(text) : Ipv4.parse(text);
  }

  /// The address whose bytes in network order these are, 4 or 16 of them.
  static Ip of(byte[] bytes) {
    return switch (bytes.length) {
      case 4 -> Ipv4.of(bytes, 0);
      case 16 -> Ipv6.of(bytes);
      default -> throw new DavitException(Kind.INVALID, "an address of " + bytes.length + " bytes");
    };
  }

  /// In network order.
  byte[] bytes();

  /// The same as the JDK's sockets take it.
  InetAddress toInet();

  boolean isLoopback();

  /// The address that many further on.
  Ip plus(long offset);

  default boolean isIpv6() {
    return this instanceof Ipv6;
  }

  /// How long an address of this kind is, in bits.
  default int width() {
    return isIpv6() ? 128 : 32;
  }
}
