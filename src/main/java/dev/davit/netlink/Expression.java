package dev.davit.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// One expression of an nf_tables rule; prints as `nft --debug=netlink` does. Register 1 is the
/// first of sixteen bytes, 8 is its first four, 9, 10 and so on follow; 0 takes the verdict.
public sealed interface Expression {
  /// The kernel's name of it.
  String name();

  /// What goes into `NFTA_EXPR_DATA`.
  void fill(Attributes data);

  /// Loads something about the packet.
  record Meta(MetaKey key, int register) implements Expression {
    @Override
    public String name() {
      return "meta";
    }

    @Override
    public void fill(Attributes data) {
      data.be32(1, register).be32(2, key.number);
    }

    @Override
    public String toString() {
      return "[ meta load %s => reg %d ]".formatted(key.name().toLowerCase(Locale.ROOT), register);
    }
  }

  enum MetaKey {
    PROTOCOL(1),
    IIFNAME(6),
    OIFNAME(7),
    L4PROTO(16);

    private final int number;

    MetaKey(int number) {
      this.number = number;
    }
  }

  /// Loads bytes of a header.
  ///
  /// @param header 0 link, 1 network, 2 transport
  record Payload(int header, int offset, int length, int register) implements Expression {
    @Override
    public String name() {
      return "payload";
    }

    @Override
    public void fill(Attributes data) {
      data.be32(1, register).be32(2, header).be32(3, offset).be32(4, length);
    }

    @Override
    public String toString() {
      return "[ payload load %db @ %s header + %d => reg %d ]"
          .formatted(length, List.of("link", "network", "transport").get(header), offset, register);
    }
  }

  /// Goes on with the next expression if the register holds `value` (or does not).
  ///
  /// @param equal false for "does not"
  @SuppressWarnings("ArrayRecordComponent")
  record Cmp(int register, boolean equal, byte[] value) implements Expression {
    @Override
    public String name() {
      return "cmp";
    }

    @Override
    public void fill(Attributes data) {
      data.be32(1, register).be32(2, equal ? 0 : 1).nested(3, inner -> inner.bytes(1, value));
    }

    @Override
    public String toString() {
      return "[ cmp %s reg %d%s ]".formatted(equal ? "eq" : "neq", register, words(value));
    }
  }

  /// Keeps the bits of four bytes that `mask` has.
  record Mask(int register, int mask) implements Expression {
    @Override
    public String name() {
      return "bitwise";
    }

    @Override
    public void fill(Attributes data) {
      byte[] bytes = Attributes.hostOrder(4).putInt(mask).array();
      data.be32(1, register)
          .be32(2, register)
          .be32(3, 4)
          .nested(4, inner -> inner.bytes(1, bytes))
          .nested(5, inner -> inner.bytes(1, new byte[4]));
    }

    @Override
    public String toString() {
      return "[ bitwise reg %d = ( reg %d & 0x%08x ) ^ 0x00000000 ]"
          .formatted(register, register, mask);
    }
  }

  /// Goes on if the set has the key in the register.
  ///
  /// @param inverted goes on if it has not
  record InSet(int register, String set, boolean inverted) implements Expression {
    @Override
    public String name() {
      return "lookup";
    }

    @Override
    public void fill(Attributes data) {
      data.string(1, set).be32(2, register);
      if (inverted) {
        data.be32(5, 1);
      }
    }

    @Override
    public String toString() {
      return "[ lookup reg %d set %s%s ]".formatted(register, set, inverted ? " 0x1" : "");
    }
  }

  /// Loads what the map has for the key in the register; goes on only if it has something.
  record InMap(int register, String map, int target) implements Expression {
    @Override
    public String name() {
      return "lookup";
    }

    @Override
    public void fill(Attributes data) {
      data.string(1, map).be32(2, register).be32(3, target);
    }

    @Override
    public String toString() {
      return "[ lookup reg %d set %s dreg %d ]".formatted(register, map, target);
    }
  }

  /// Counts, which is all that iptables expects of each rule.
  record Counter() implements Expression {
    @Override
    public String name() {
      return "counter";
    }

    @Override
    public void fill(Attributes data) {}

    @Override
    public String toString() {
      return "[ counter pkts 0 bytes 0 ]";
    }
  }

  /// Ends the rule.
  record Verdict(boolean accept) implements Expression {
    @Override
    public String name() {
      return "immediate";
    }

    @Override
    public void fill(Attributes data) {
      data.be32(1, 0)
          .nested(2, inner -> inner.nested(2, verdict -> verdict.be32(1, accept ? 1 : 0)));
    }

    @Override
    public String toString() {
      return "[ immediate reg 0 " + (accept ? "accept" : "drop") + " ]";
    }
  }

  /// Changes the destination to the address and the port in the registers.
  record Dnat(Family family, int address, int port) implements Expression {
    @Override
    public String name() {
      return "nat";
    }

    @Override
    public void fill(Attributes data) {
      data.be32(1, 1).be32(2, family.number).be32(3, address).be32(5, port);
    }

    @Override
    public String toString() {
      return "[ nat dnat %s addr_min reg %d proto_min reg %d ]"
          .formatted(family.word(), address, port);
    }
  }

  /// Changes the source to the address of the interface that the packet leaves by.
  record Masquerade() implements Expression {
    @Override
    public String name() {
      return "masq";
    }

    @Override
    public void fill(Attributes data) {}

    @Override
    public String toString() {
      return "[ masq ]";
    }
  }

  /// Loads something about the connection.
  record Ct(CtKey key, int register) implements Expression {
    @Override
    public String name() {
      return "ct";
    }

    @Override
    public void fill(Attributes data) {
      data.be32(1, register).be32(2, key.number);
    }

    @Override
    public String toString() {
      return "[ ct load %s => reg %d ]".formatted(key.name().toLowerCase(Locale.ROOT), register);
    }
  }

  enum CtKey {
    STATE(0),
    STATUS(2);

    private final int number;

    CtKey(int number) {
      this.number = number;
    }
  }

  /// Loads the type of the destination address: 2 is an address of this host.
  record DestinationType(int register) implements Expression {
    @Override
    public String name() {
      return "fib";
    }

    @Override
    public void fill(Attributes data) {
      data.be32(1, register).be32(2, 3).be32(3, 2);
    }

    @Override
    public String toString() {
      return "[ fib daddr type => reg " + register + " ]";
    }
  }

  private static String words(byte[] value) {
    var text = new StringBuilder();
    byte[] padded = Arrays.copyOf(value, (value.length + 3) & ~3);
    var buffer = ByteBuffer.wrap(padded).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      text.append(" 0x%08x".formatted(buffer.getInt()));
    }
    return text.toString();
  }
}
