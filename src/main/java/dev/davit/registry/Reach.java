package dev.davit.registry;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// How far away an address is. Who is far may not send us nearer than they are: what listens there
/// trusts this machine, not them.
enum Reach {
  /// Addresses of this link, among them those where clouds hand out machines' credentials.
  LINK,
  LOOPBACK,
  PRIVATE,
  PUBLIC;

  static Reach of(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return LOOPBACK;
    }
    if (address.isLinkLocalAddress() || address.isMulticastAddress()) {
      return LINK;
    }
    return switch (address) {
      case Inet4Address four -> of(four.getAddress());
      case Inet6Address six -> of(six);
      default -> PUBLIC;
    };
  }

  private static Reach of(byte[] four) {
    int first = four[0] & 0xff;
    int second = four[1] & 0xff;
    if (first == 0 || first == 127) {
      return LOOPBACK;
    }
    if ((first == 169 && second == 254) || first >= 224) {
      return LINK;
    }
    boolean isPrivate =
        first == 10
            || (first == 172 && second >= 16 && second < 32)
            || (first == 192 && second == 168)
            // RFC 6598; also where a cloud's metadata service may be
            || (first == 100 && second >= 64 && second < 128);
    return isPrivate ? PRIVATE : PUBLIC;
  }

  private static Reach of(Inet6Address six) {
    byte[] bytes = six.getAddress();
    if ((bytes[0] & 0xfe) == 0xfc || six.isSiteLocalAddress()) {
      return PRIVATE;
    }
    return embedded(bytes).map(Reach::of).orElse(PUBLIC);
  }

  // Through ::a.b.c.d, 64:ff9b::/96 (RFC 6052) and 2002::/16 (RFC 3056) a packet ends at an IPv4
  // address. ::ffff:a.b.c.d has become one in Java already.
  private static Optional<byte[]> embedded(byte[] six) {
    boolean compatible = zeros(six, 0, 12);
    boolean translated =
        six[0] == 0 && six[1] == 0x64 && (six[2] & 0xff) == 0xff && (six[3] & 0xff) == 0x9b;
    if (compatible || (translated && zeros(six, 4, 12))) {
      return Optional.of(Arrays.copyOfRange(six, 12, 16));
    }
    return six[0] == 0x20 && six[1] == 0x02
        ? Optional.of(Arrays.copyOfRange(six, 2, 6))
        : Optional.empty();
  }

  private static boolean zeros(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
