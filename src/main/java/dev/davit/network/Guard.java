package dev.davit.network;

import dev.davit.netlink.Chain;
import dev.davit.netlink.Chain.Hook;
import dev.davit.netlink.Element;
import dev.davit.netlink.Expression;
import dev.davit.netlink.Expression.Cmp;
import dev.davit.netlink.Expression.InSet;
import dev.davit.netlink.Expression.Meta;
import dev.davit.netlink.Expression.MetaKey;
import dev.davit.netlink.Expression.Payload;
import dev.davit.netlink.Expression.Verdict;
import dev.davit.netlink.Message;
import dev.davit.netlink.Nftables;
import dev.davit.netlink.SetType;
import dev.davit.netlink.SetType.Field;
import dev.davit.netlink.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The rules by which nobody on a bridge speaks as another there, nor as the host: by a MAC
/// address, by ARP, by IP, by neighbour advertisements. Addresses that nobody has are free to all.
/// Decides only.
///
/// @param table of the family of bridges
record Guard(Table table) {
  /// Who sends from where as what.
  ///
  /// @param link the port of the bridge, empty for the host itself
  record Voice(String link, String mac, List<Ip> addresses) {}

  /// A kind of address: where frames have it, who has one, and who may use which.
  ///
  /// @param conditions which frames have it
  private record Rule(SetType held, SetType own, Payload address, List<Expression> conditions) {
    Rule(String name, Field field, Payload address, List<Expression> conditions) {
      this(
          new SetType("held_" + name, List.of(field), List.of()),
          new SetType("own_" + name, List.of(Field.IFNAME, field), List.of()),
          address,
          conditions);
    }

    /// The same addresses elsewhere in the frame.
    Rule at(Payload other, List<Expression> others) {
      return new Rule(held, own, other, others);
    }
  }

  private static final int LINK = 0;
  private static final int NETWORK = 1;
  private static final int TRANSPORT = 2;
  private static final int RAW = -300;
  private static final int BEHIND_NAME = 12;
  private static final byte ICMPV6 = 58;
  private static final byte NEIGHBOUR_ADVERTISEMENT = (byte) 136;

  private static final Rule MAC =
      new Rule("macs", Field.ETHER_ADDR, new Payload(LINK, 6, 6, 1), List.of());
  private static final Rule IPV4 =
      new Rule("ipv4", Field.IPV4_ADDR, new Payload(NETWORK, 12, 4, 1), protocol(0x0800));
  private static final Rule ARP = IPV4.at(new Payload(NETWORK, 14, 4, 1), protocol(0x0806));
  private static final Rule IPV6 =
      new Rule("ipv6", Field.IPV6_ADDR, new Payload(NETWORK, 8, 16, 1), protocol(0x86dd));
  private static final Rule ADVERTISED =
      IPV6.at(
          new Payload(TRANSPORT, 8, 16, 1),
          protocol(
              0x86dd,
              new Meta(MetaKey.L4PROTO, 1),
              new Cmp(1, true, new byte[] {ICMPV6}),
              new Payload(TRANSPORT, 0, 1, 1),
              new Cmp(1, true, new byte[] {NEIGHBOUR_ADVERTISEMENT})));

  /// Puts everything in place of whatever the table held.
  List<Message> install(Collection<Voice> voices) {
    var messages = new ArrayList<>(uninstall());
    messages.add(Nftables.addTable(table));
    int id = 1;
    for (SetType set : sets()) {
      messages.add(Nftables.addSet(table, set, id++));
    }
    messages.addAll(change(List.of(), voices));
    messages.add(Nftables.addChain(table, new Chain("bridged", "filter", Hook.PREROUTING, RAW)));
    Stream.of(MAC, IPV4, ARP, IPV6, ADVERTISED).forEach(rule -> messages.addAll(drop(rule)));
    return messages;
  }

  /// Takes the table away, if it is there.
  List<Message> uninstall() {
    return List.of(Nftables.addTable(table), Nftables.deleteTable(table));
  }

  /// What makes the sets those of `after`.
  List<Message> change(Collection<Voice> before, Collection<Voice> after) {
    var messages = new ArrayList<Message>();
    for (Rule rule : List.of(MAC, IPV4, IPV6)) {
      messages.addAll(change(rule.held(), held(rule, before), held(rule, after)));
      messages.addAll(change(rule.own(), own(rule, before), own(rule, after)));
    }
    return messages;
  }

  private List<Message> change(
      SetType set, Map<String, Element> before, Map<String, Element> after) {
    var messages = new ArrayList<>(Nftables.deleteElements(table, set, without(before, after)));
    messages.addAll(Nftables.addElements(table, set, without(after, before)));
    return messages;
  }

  private static List<SetType> sets() {
    return Stream.of(MAC, IPV4, IPV6).flatMap(rule -> Stream.of(rule.held(), rule.own())).toList();
  }

  private static List<Element> without(Map<String, Element> all, Map<String, Element> others) {
    return all.entrySet().stream()
        .filter(entry -> !others.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static Map<String, Element> held(Rule rule, Collection<Voice> voices) {
    return byText(
        voices.stream()
            .flatMap(voice -> addresses(rule, voice).map(it -> it.apply(Element.key()))));
  }

  private static Map<String, Element> own(Rule rule, Collection<Voice> voices) {
    return byText(
        voices.stream()
            .filter(voice -> !voice.link().isEmpty())
            .flatMap(
                voice ->
                    addresses(rule, voice).map(it -> it.apply(Element.key().link(voice.link())))));
  }

  private static Map<String, Element> byText(Stream<Element> elements) {
    var all = new LinkedHashMap<String, Element>();
    elements.forEach(element -> all.put(element.toString(), element));
    return all;
  }

  /// What appends the addresses that `rule` is about.
  private static Stream<UnaryOperator<Element>> addresses(Rule rule, Voice voice) {
    return rule.equals(MAC)
        ? Stream.of(element -> element.mac(voice.mac()))
        : voice.addresses().stream()
            .filter(ip -> ip.isIpv6() == rule.equals(IPV6))
            .map(ip -> element -> element.address(ip.toInet()));
  }

  private List<Message> drop(Rule rule) {
    var expressions = new ArrayList<>(rule.conditions());
    Payload address = rule.address();
    expressions.add(address);
    expressions.add(new InSet(1, rule.held().name(), false));
    expressions.add(new Meta(MetaKey.IIFNAME, 1));
    expressions.add(new Payload(address.header(), address.offset(), address.length(), BEHIND_NAME));
    expressions.add(new InSet(1, rule.own().name(), true));
    expressions.add(new Verdict(false));
    return List.of(Nftables.addRule(table, "bridged", expressions));
  }

  /// Frames of an EtherType, and what else has to be true of them.
  private static List<Expression> protocol(int number, Expression... more) {
    byte[] value = {(byte) (number >> 8), (byte) number};
    return Stream.concat(
            Stream.of(new Meta(MetaKey.PROTOCOL, 1), new Cmp(1, true, value)), Stream.of(more))
        .toList();
  }
}
