package dev.davit.compose.text;

import dev.davit.error.Code;

/// An entry of the hosts file, `NAME=ADDRESS` or `NAME:ADDRESS`, the address maybe in brackets.
///
/// @param address without brackets, or `host-gateway`
public record HostText(String name, String address) {

  public static HostText parse(String text) {
    int split = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
    if (split < 1) {
      throw MalformedException.invalid(Code.INVALID_ADDRESS, "host", text, "write NAME=ADDRESS");
    }
    String address = text.substring(split + 1).strip().replaceAll("^\\[|]$", "");
    address(address);
    return new HostText(text.substring(0, split), address);
  }

  /// Throws [MalformedException] unless it is an address or `host-gateway`.
  public static void address(String text) {
    if (text.isEmpty()) {
      throw MalformedException.invalid(
          Code.INVALID_ADDRESS, "address", text, "write an address or host-gateway");
    }
    if (!text.equals("host-gateway")) {
      IpText.check(text);
    }
  }

  @Override
  public String toString() {
    return name + "=" + address;
  }
}
