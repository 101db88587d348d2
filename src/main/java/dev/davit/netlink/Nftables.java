package dev.davit.netlink;

import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The messages of nf_tables that Davit sends. They go through [Netlink#commit].
public final class Nftables {
  private static final int SUBSYSTEM = 10;
  private static final int NEWTABLE = SUBSYSTEM << 8;
  private static final int DELTABLE = (SUBSYSTEM << 8) | 2;
  private static final int NEWCHAIN = (SUBSYSTEM << 8) | 3;
  private static final int GETCHAIN = (SUBSYSTEM << 8) | 4;
  private static final int GETRULE = (SUBSYSTEM << 8) | 7;
  private static final int DELRULE = (SUBSYSTEM << 8) | 8;
  private static final int NEWRULE = (SUBSYSTEM << 8) | 6;
  private static final int NEWSET = (SUBSYSTEM << 8) | 9;
  private static final int NEWSETELEM = (SUBSYSTEM << 8) | 12;
  private static final int GETSETELEM = (SUBSYSTEM << 8) | 13;
  private static final int DELSETELEM = (SUBSYSTEM << 8) | 14;
  private static final int UNSPECIFIED = 0;
  private static final int LIST_ELEM = 1;
  private static final int SET_MAP = 8;
  // An attribute holds 64 KB; an element at most 60 bytes.
  private static final int ELEMENTS_PER_MESSAGE = 500;

  // Without it nft(8) lists names backwards: one entry, type "byte order of the key", "host".
  private static final byte[] HOST_BYTE_ORDER = {0, 4, 1, 0, 0, 0};

  static final Message BEGIN = batch("batch begin", 16);
  static final Message END = batch("batch end", 17);

  private Nftables() {}

  /// `add table TABLE`.
  public static Message addTable(Table table) {
    return message(table, "add table " + table, NEWTABLE, new Attributes().string(1, table.name()));
  }

  /// `delete table TABLE` with all that is in it.
  public static Message deleteTable(Table table) {
    return new Message(
        "delete table " + table,
        DELTABLE,
        0,
        header(table.family().number, 0),
        new Attributes().string(1, table.name()));
  }

  /// `add chain TABLE NAME { type TYPE hook HOOK priority N; policy accept; }`.
  public static Message addChain(Table table, Chain chain) {
    var attributes =
        new Attributes()
            .string(1, table.name())
            .string(3, chain.name())
            .nested(4, hook -> hook.be32(1, chain.hook().number).be32(2, chain.priority()))
            .be32(5, 1)
            .string(7, chain.type());
    return message(table, "add chain " + table + " " + chain, NEWCHAIN, attributes);
  }

  /// `add set` or `add map`.
  public static Message addSet(Table table, SetType set, int id) {
    var attributes =
        new Attributes()
            .string(1, table.name())
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
    return message(table, "add " + set.print(table), NEWSET, attributes);
  }

  /// `add element`, in as many messages as it takes.
  public static List<Message> addElements(Table table, SetType set, List<Element> elements) {
    return elements("add", NEWSETELEM, Message.CREATE, new Target(table, set, elements));
  }

  /// `delete element`; the values are not looked at.
  public static List<Message> deleteElements(Table table, SetType set, List<Element> elements) {
    return elements("delete", DELSETELEM, 0, new Target(table, set, elements));
  }

  /// `add rule` at the end of the chain.
  public static Message addRule(Table table, String chain, List<Expression> expressions) {
    var attributes = new Attributes().string(1, table.name()).string(2, chain);
    attributes.nested(4, list -> expressions.forEach(it -> expression(list, it)));
    var text = new StringBuilder("add rule " + table + " " + chain);
    expressions.forEach(expression -> text.append("\n  ").append(expression));
    return new Message(
        text.toString(),
        NEWRULE,
        Message.CREATE | Message.APPEND,
        header(table.family().number, 0),
        attributes);
  }

  private static void expression(Attributes list, Expression expression) {
    list.nested(LIST_ELEM, item -> item.string(1, expression.name()).nested(2, expression::fill));
  }

  /// Whether it is one of [#addRule].
  public static boolean addsRule(Message message) {
    return message.type() == NEWRULE;
  }

  /// `insert rule` at the beginning of somebody's chain, with a comment by which it is found again.
  public static Message insertRule(BaseChain chain, List<Expression> expressions, String comment) {
    byte[] text = (comment + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] data = new byte[2 + text.length];
    data[1] = (byte) text.length;
    System.arraycopy(text, 0, data, 2, text.length);
    var attributes = new Attributes().string(1, chain.table().name()).string(2, chain.name());
    attributes.nested(4, list -> expressions.forEach(it -> expression(list, it))).bytes(7, data);
    return message(
        chain.table(),
        "insert rule %s %s %s comment \"%s\""
            .formatted(chain.table(), chain.name(), expressions, comment),
        NEWRULE,
        attributes);
  }

  /// `delete rule` by its handle.
  public static Message deleteRule(BaseChain chain, Rule rule) {
    return new Message(
        "delete rule %s %s handle %d".formatted(chain.table(), chain.name(), rule.handle()),
        DELRULE,
        0,
        header(chain.table().family().number, 0),
        new Attributes()
            .string(1, chain.table().name())
            .string(2, chain.name())
            .be64(3, rule.handle()));
  }

  /// The base chains of tables for IP, whoever made them.
  public static List<BaseChain> baseChains(Netlink netlink) {
    var request =
        new Message(
            "list chains", GETCHAIN, Message.DUMP, header(UNSPECIFIED, 0), new Attributes());
    return netlink.request(request).stream().flatMap(reply -> baseChain(reply).stream()).toList();
  }

  private static Optional<BaseChain> baseChain(Reply reply) {
    Map<Integer, byte[]> found = reply.attributes(4);
    byte[] hook = found.get(4);
    byte[] table = found.get(1);
    byte[] name = found.get(3);
    if (hook == null || table == null || name == null) {
      return Optional.empty();
    }
    byte[] number = Attributes.parse(hook, 0).getOrDefault(1, new byte[4]);
    byte[] policy = found.getOrDefault(5, new byte[] {0, 0, 0, 1});
    return Family.numbered(reply.u8(0))
        .map(
            family ->
                new BaseChain(
                    new Table(family, Attributes.toText(table)),
                    Attributes.toText(name),
                    Attributes.toText(found.getOrDefault(7, new byte[0])),
                    ByteBuffer.wrap(number).getInt(),
                    ByteBuffer.wrap(policy).getInt() == 0));
  }

  /// The rules of a table, none if it is not there.
  public static List<Rule> rules(Netlink netlink, Table table) {
    return rules(netlink, table, new Attributes().string(1, table.name()));
  }

  /// The rules of a chain, none if it is not there.
  public static List<Rule> rules(Netlink netlink, BaseChain chain) {
    Table table = chain.table();
    return rules(netlink, table, new Attributes().string(1, table.name()).string(2, chain.name()));
  }

  private static List<Rule> rules(Netlink netlink, Table table, Attributes attributes) {
    byte[] header = header(table.family().number, 0);
    var request = new Message("list rules " + table, GETRULE, Message.DUMP, header, attributes);
    try {
      return netlink.request(request).stream().map(Nftables::rule).toList();
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENOENT) {
        return List.of();
      }
      throw e;
    }
  }

  private static Rule rule(Reply reply) {
    Map<Integer, byte[]> found = reply.attributes(4);
    byte[] data = found.getOrDefault(7, new byte[0]);
    boolean commented = data.length > 2 && data[0] == 0;
    return new Rule(
        ByteBuffer.wrap(found.getOrDefault(3, new byte[8])).getLong(),
        commented ? Attributes.toText(Arrays.copyOfRange(data, 2, data.length)) : "");
  }

  /// The names of interfaces that a set of them holds, none if there is no such set.
  public static List<String> links(Netlink netlink, Table table, String set) {
    var attributes = new Attributes().string(1, table.name()).string(2, set);
    byte[] header = header(table.family().number, 0);
    var request =
        new Message("list set " + table + " " + set, GETSETELEM, Message.DUMP, header, attributes);
    try {
      return netlink.request(request).stream()
          .flatMap(
              reply -> Attributes.all(reply.attributes(4).getOrDefault(3, new byte[0])).stream())
          .map(element -> Attributes.parse(element, 0).getOrDefault(1, new byte[0]))
          .map(key -> Attributes.parse(key, 0).getOrDefault(1, new byte[0]))
          .map(Attributes::toText)
          .toList();
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENOENT) {
        return List.of();
      }
      throw e;
    }
  }

  private record Target(Table table, SetType set, List<Element> elements) {}

  private static List<Message> elements(String verb, int type, int flags, Target target) {
    var messages = new ArrayList<Message>();
    List<Element> all = target.elements;
    for (int from = 0; from < all.size(); from += ELEMENTS_PER_MESSAGE) {
      var some = all.subList(from, Math.min(all.size(), from + ELEMENTS_PER_MESSAGE));
      var attributes = new Attributes().string(1, target.table.name()).string(2, target.set.name());
      attributes.nested(3, list -> some.forEach(element -> list.nested(LIST_ELEM, element::fill)));
      String text = verb + " element " + target.table + " " + target.set.name() + " " + some;
      messages.add(
          new Message(text, type, flags, header(target.table.family().number, 0), attributes));
    }
    return messages;
  }

  private static Message message(Table table, String text, int type, Attributes attributes) {
    return new Message(text, type, Message.CREATE, header(table.family().number, 0), attributes);
  }

  private static Message batch(String text, int type) {
    return new Message(text, type, 0, header(UNSPECIFIED, SUBSYSTEM), new Attributes());
  }

  /// `struct nfgenmsg`.
  private static byte[] header(int family, int resource) {
    return ByteBuffer.allocate(4).put((byte) family).putShort(2, (short) resource).array();
  }
}
