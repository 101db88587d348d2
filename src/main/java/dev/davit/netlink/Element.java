package dev.davit.netlink;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// An element of a set or a map in the making: [#key()], fields, and for a map `to()` and fields.
public final class Element {
  private final ByteArrayOutputStream key = new ByteArrayOutputStream();
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private final StringBuilder text = new StringBuilder();
  private boolean inValue;

  private Element() {}

  /// An element whose key's fields follow.
  public static Element key() {
    return new Element();
  }

  /// The value's fields follow.
  public Element to() {
    inValue = true;
    text.append(" :");
    return this;
  }

  public Element address(InetAddress address) {
    byte[] bytes = address.getAddress();
    return field(address.getHostAddress(), bytes, bytes.length);
  }

  /// A MAC address, as the only field or the last one.
  public Element mac(String mac) {
    byte[] bytes = HexFormat.ofDelimiter(":").parseHex(mac);
    return field(mac, bytes, key.size() == 0 ? bytes.length : 8);
  }

  /// A number of /etc/protocols.
  public Element protocol(int protocol) {
    return field(Integer.toString(protocol), new byte[] {(byte) protocol}, 4);
  }

  public Element port(int port) {
    return field(Integer.toString(port), new byte[] {(byte) (port >> 8), (byte) port}, 4);
  }

  /// The name of an interface.
  public Element link(String name) {
    return field('"' + name + '"', name.getBytes(StandardCharsets.US_ASCII), 16);
  }

  private Element field(String print, byte[] bytes, int length) {
    ByteArrayOutputStream target = inValue ? value : key;
    boolean first = target.size() == 0;
    text.append(first ? (inValue ? " " : "") : " . ").append(print);
    target.writeBytes(bytes);
    target.writeBytes(new byte[length - bytes.length]);
    return this;
  }

  void fill(Attributes element) {
    element.nested(1, inner -> inner.bytes(1, key.toByteArray()));
    if (value.size() > 0) {
      element.nested(2, inner -> inner.bytes(1, value.toByteArray()));
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
