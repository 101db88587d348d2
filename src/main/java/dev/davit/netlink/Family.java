package dev.davit.netlink;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A family of addresses, and where IP keeps them in a packet.
public enum Family {
  /// Tables for both.
  INET(1, 0, 0, 0),
  IP(2, 4, 12, 16),
  IP6(10, 16, 8, 24),
  /// Frames, of whatever is in them.
  BRIDGE(7, 0, 0, 0);

  final int number;
  private final int bytes;
  private final int source;
  private final int destination;

  Family(int number, int bytes, int source, int destination) {
    this.number = number;
    this.bytes = bytes;
    this.source = source;
    this.destination = destination;
  }

  /// One for IP.
  static Optional<Family> numbered(int number) {
    return Stream.of(INET, IP, IP6).filter(family -> family.number == number).findFirst();
  }

  static Family of(byte[] address) {
    return address.length == IP.bytes ? IP : IP6;
  }

  /// The length of an address.
  public int bytes() {
    return bytes;
  }

  /// The offset of the source address.
  public int source() {
    return source;
  }

  /// The offset of the destination address.
  public int destination() {
    return destination;
  }

  /// The register behind that of an address in register 1.
  public int behind() {
    return 8 + bytes / 4;
  }

  /// As nft(8) writes it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
