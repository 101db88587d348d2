package dev.davit.compose.text;

import dev.davit.error.Code;
import java.net.InetAddress;
import java.util.regex.Pattern;

/// Addresses as text, checked without asking a resolver.
public final class IpText {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(%\\w+)?");

  private IpText() {}

  /// An address, or empty.
  public static void check(String text) {
    if (!text.isEmpty() && !isV4(text) && !isV6(text)) {
      throw MalformedException.invalid(
          Code.INVALID_ADDRESS, "address", text, "write an IPv4 or IPv6 address");
    }
  }

  /// `10.1.0.0/16`, with host bits or without.
  public static void checkCidr(String text) {
    String[] parts = text.split("/", -1);
    boolean v4 = isV4(parts[0]);
    if (parts.length == 2 && (v4 || isV6(parts[0])) && parts[1].matches("[0-9]{1,3}")) {
      if (Integer.parseInt(parts[1]) <= (v4 ? 32 : 128)) {
        return;
      }
    }
    throw MalformedException.invalid(
        Code.INVALID_SUBNET, "subnet", text, "write ADDRESS/BITS, such as 10.1.0.0/16");
  }

  /// Whether a subnet as `10.1.0.0/16` has an address of its family.
  public static boolean contains(String subnet, String address) {
    String[] parts = subnet.split("/", 2);
    byte[] network = bytes(parts[0]);
    byte[] host = bytes(address);
    if (network.length != host.length) {
      return false;
    }
    int bits = Math.min(Integer.parseInt(parts[1]), 8 * network.length);
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> i % 8;
      if (((network[i / 8] ^ host[i / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String address) {
    return InetAddress.ofLiteral(address.replaceFirst("%.*", "")).getAddress();
  }

  public static boolean isV4(String text) {
    return V4.matcher(text).matches();
  }

  /// As RFC 4291 writes it: eight groups, or fewer with one `::`, the last two maybe as IPv4.
  public static boolean isV6(String text) {
    int tail = text.lastIndexOf(':');
    String plain =
        tail >= 0 && isV4(text.substring(tail + 1)) ? text.substring(0, tail + 1) + "0:0" : text;
    if (!V6.matcher(plain).matches()) {
      return false;
    }
    String address = plain.replaceFirst("%.*", "");
    int gap = address.indexOf("::");
    if (gap >= 0) {
      String rest = address.substring(gap + 1).replaceFirst("^:", "");
      return rest.indexOf("::") < 0 && groups(address.substring(0, gap)) + groups(rest) < 8;
    }
    return groups(address) == 8;
  }

  /// How many groups, or a number too large if one of them is wrong.
  private static int groups(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] groups = text.split(":", -1);
    for (String group : groups) {
      if (!group.matches("[0-9a-fA-F]{1,4}")) {
        return 99;
      }
    }
    return groups.length;
  }
}
