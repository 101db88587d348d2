package dev.davit.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The messages of nf_tables that Davit sends, for tables of the family `ip`. They go through
/// [Netlink#commit].
public final class Nftables {
  private static final int SUBSYSTEM = 10;
  private static final int NEWTABLE = SUBSYSTEM << 8;
  private static final int DELTABLE = (SUBSYSTEM << 8) | 2;
  private static final int NEWCHAIN = (SUBSYSTEM << 8) | 3;
  private static final int NEWRULE = (SUBSYSTEM << 8) | 6;
  private static final int NEWSET = (SUBSYSTEM << 8) | 9;
  private static final int NEWSETELEM = (SUBSYSTEM << 8) | 12;
  private static final int DELSETELEM = (SUBSYSTEM << 8) | 14;
  private static final int FAMILY_IP = 2;
  private static final int LIST_ELEM = 1;
  private static final int SET_MAP = 8;
  // An attribute holds 64 KB; an element at most 60 bytes.
  private static final int ELEMENTS_PER_MESSAGE = 500;

  // Without it nft(8) lists names backwards: one entry, type "byte order of the key", "host".
  private static final byte[] HOST_BYTE_ORDER = {0, 4, 1, 0, 0, 0};

  static final Message BEGIN = batch("batch begin", 16);
  static final Message END = batch("batch end", 17);

  private Nftables() {}

  /// `add table ip TABLE`.
  public static Message addTable(String table) {
    return message("add table ip " + table, NEWTABLE, new Attributes().string(1, table));
  }

  /// `delete table ip TABLE` with all that is in it.
  public static Message deleteTable(String table) {
    return new Message(
        "delete table ip " + table, DELTABLE, 0, header(0), new Attributes().string(1, table));
  }

  /// `add chain ip TABLE NAME { type TYPE hook HOOK priority N; policy accept; }`.
  public static Message addChain(String table, Chain chain) {
    var attributes =
        new Attributes()
            .string(1, table)
            .string(3, chain.name())
            .nested(4, hook -> hook.be32(1, chain.hook().number).be32(2, chain.priority()))
            .be32(5, 1)
            .string(7, chain.type());
    return message("add chain ip " + table + " " + chain, NEWCHAIN, attributes);
  }

  /// `add set` or `add map`.
  public static Message addSet(String table, SetType set, int id) {
    var attributes =
        new Attributes()
            .string(1, table)
            .string(2, set.name())
            .be32(3, set.isMap() ? SET_MAP : 0)
            .be32(4, SetType.number(set.key()))
            .be32(5, SetType.length(set.key()));
    if (set.isMap()) {
      attributes.be32(6, SetType.number(set.value())).be32(7, SetType.length(set.value()));
    }
    attributes.be32(10, id);
    if (set.key().equals(List.of(SetType.Field.IFNAME))) {
      attributes.bytes(13, HOST_BYTE_ORDER);
    }
    return message("add " + set.print(table), NEWSET, attributes);
  }

  /// `add element`, in as many messages as it takes.
  public static List<Message> addElements(String table, SetType set, List<Element> elements) {
    return elements("add", NEWSETELEM, Message.CREATE, new Target(table, set, elements));
  }

  /// `delete element`; the values are not looked at.
  public static List<Message> deleteElements(String table, SetType set, List<Element> elements) {
    return elements("delete", DELSETELEM, 0, new Target(table, set, elements));
  }

  /// `add rule` at the end of the chain.
  public static Message addRule(String table, String chain, List<Expression> expressions) {
    var attributes = new Attributes().string(1, table).string(2, chain);
    attributes.nested(
        4,
        list ->
            expressions.forEach(
                expression ->
                    list.nested(
                        LIST_ELEM,
                        item -> item.string(1, expression.name()).nested(2, expression::fill))));
    var text = new StringBuilder("add rule ip " + table + " " + chain);
    expressions.forEach(expression -> text.append("\n  ").append(expression));
    return new Message(
        text.toString(), NEWRULE, Message.CREATE | Message.APPEND, header(0), attributes);
  }

  private record Target(String table, SetType set, List<Element> elements) {}

  private static List<Message> elements(String verb, int type, int flags, Target target) {
    var messages = new ArrayList<Message>();
    List<Element> all = target.elements;
    for (int from = 0; from < all.size(); from += ELEMENTS_PER_MESSAGE) {
      var some = all.subList(from, Math.min(all.size(), from + ELEMENTS_PER_MESSAGE));
      var attributes = new Attributes().string(1, target.table).string(2, target.set.name());
      attributes.nested(3, list -> some.forEach(element -> list.nested(LIST_ELEM, element::fill)));
      String text = verb + " element ip " + target.table + " " + target.set.name() + " " + some;
      messages.add(new Message(text, type, flags, header(0), attributes));
    }
    return messages;
  }

  private static Message message(String text, int type, Attributes attributes) {
    return new Message(text, type, Message.CREATE, header(0), attributes);
  }

  private static Message batch(String text, int type) {
    byte[] header = header(SUBSYSTEM);
    header[0] = 0;
    return new Message(text, type, 0, header, new Attributes());
  }

  /// `struct nfgenmsg`.
  private static byte[] header(int resource) {
    return ByteBuffer.allocate(4).put((byte) FAMILY_IP).putShort(2, (short) resource).array();
  }
}
