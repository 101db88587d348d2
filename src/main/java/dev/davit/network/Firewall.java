package dev.davit.network;

import dev.davit.netlink.Chain;
import dev.davit.netlink.Chain.Hook;
import dev.davit.netlink.Element;
import dev.davit.netlink.Expression;
import dev.davit.netlink.Expression.Cmp;
import dev.davit.netlink.Expression.Ct;
import dev.davit.netlink.Expression.CtKey;
import dev.davit.netlink.Expression.DestinationType;
import dev.davit.netlink.Expression.Dnat;
import dev.davit.netlink.Expression.InMap;
import dev.davit.netlink.Expression.InSet;
import dev.davit.netlink.Expression.Mask;
import dev.davit.netlink.Expression.Masquerade;
import dev.davit.netlink.Expression.Meta;
import dev.davit.netlink.Expression.MetaKey;
import dev.davit.netlink.Expression.Payload;
import dev.davit.netlink.Expression.Verdict;
import dev.davit.netlink.Family;
import dev.davit.netlink.Message;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Nftables;
import dev.davit.netlink.SetType;
import dev.davit.netlink.SetType.Field;
import dev.davit.netlink.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The rules of all networks of one engine for one family of addresses: what gets where. Decides
/// only; the messages are for one transaction. A published port is an element of a map, not a rule.
///
/// @param table its own, so that engines and other users of nf_tables do not meet
record Firewall(Table table) {
  /// A published port and where it leads.
  record Forward(PublishedPort port, Ip target) {
    Family family() {
      return target.isIpv6() ? Family.IP6 : Family.IP;
    }
  }

  private static final SetType BRIDGES = new SetType("bridges", List.of(Field.IFNAME), List.of());
  private static final SetType INTERNAL = new SetType("internal", List.of(Field.IFNAME), List.of());
  private static final SetType HAIRPIN =
      new SetType("hairpin", List.of(Field.IFNAME, Field.IFNAME), List.of());
  private static final SetType MASQUERADED =
      new SetType("masqueraded", List.of(Field.IFNAME), List.of());

  private static final int RAW = -300;
  private static final int DNAT = -100;
  private static final int FILTER = 0;
  private static final int SNAT = 100;
  private static final int NETWORK = 1;
  private static final int TRANSPORT = 2;
  private static final int IPV4_DESTINATION = 16;
  private static final int ICMPV6 = 58;
  private static final int NEIGHBOUR_SOLICITATION = 135;
  private static final int NEIGHBOUR_ADVERTISEMENT = 136;
  private static final int ESTABLISHED_OR_RELATED = 2 | 4;
  private static final int STATUS_DNAT = 32;

  private Family family() {
    return table.family();
  }

  private Field address() {
    return family() == Family.IP ? Field.IPV4_ADDR : Field.IPV6_ADDR;
  }

  private SetType self() {
    return new SetType("self", List.of(address(), address()), List.of());
  }

  private SetType ports() {
    return new SetType(
        "ports",
        List.of(Field.INET_PROTO, Field.INET_SERVICE),
        List.of(address(), Field.INET_SERVICE));
  }

  private SetType portsAt() {
    return new SetType(
        "ports_at",
        List.of(address(), Field.INET_PROTO, Field.INET_SERVICE),
        List.of(address(), Field.INET_SERVICE));
  }

  /// Puts everything in place of whatever the table held.
  List<Message> install(Collection<Network> networks, List<Forward> forwards) {
    var messages = new ArrayList<Message>();
    messages.add(Nftables.addTable(table));
    messages.add(Nftables.deleteTable(table));
    messages.add(Nftables.addTable(table));
    int id = 1;
    for (SetType set :
        List.of(BRIDGES, INTERNAL, MASQUERADED, HAIRPIN, self(), ports(), portsAt())) {
      messages.add(Nftables.addSet(table, set, id++));
    }
    messages.addAll(elements(BRIDGES, networks.stream().map(Firewall::bridge)));
    messages.addAll(
        elements(
            INTERNAL, networks.stream().filter(n -> n.config().internal()).map(Firewall::bridge)));
    messages.addAll(
        elements(
            MASQUERADED,
            networks.stream()
                .filter(n -> DriverOptions.of(n.config()).masquerade())
                .map(Firewall::bridge)));
    messages.addAll(
        elements(
            HAIRPIN,
            networks.stream()
                .filter(n -> DriverOptions.of(n.config()).betweenContainers())
                .map(n -> bridge(n).link(n.bridge()))));
    messages.addAll(add(forwards));
    messages.addAll(guards());
    messages.addAll(translations());
    return messages;
  }

  /// The bridges that the table is for by now, also those that nobody remembers otherwise.
  List<String> bridges(Netlink netlink) {
    return Nftables.links(netlink, table, BRIDGES.name());
  }

  /// Takes the table away, if it is there.
  List<Message> uninstall() {
    return List.of(Nftables.addTable(table), Nftables.deleteTable(table));
  }

  List<Message> add(List<Forward> all) {
    List<Forward> forwards = mine(all);
    var messages = new ArrayList<Message>();
    messages.addAll(
        elements(ports(), forwards.stream().filter(Firewall::isAll).map(Firewall::full)));
    messages.addAll(
        elements(portsAt(), forwards.stream().filter(f -> !isAll(f)).map(Firewall::full)));
    messages.addAll(elements(self(), self(forwards)));
    return messages;
  }

  List<Message> delete(List<Forward> all) {
    List<Forward> forwards = mine(all);
    var messages = new ArrayList<Message>();
    messages.addAll(
        Nftables.deleteElements(
            table, ports(), forwards.stream().filter(Firewall::isAll).map(Firewall::key).toList()));
    messages.addAll(
        Nftables.deleteElements(
            table,
            portsAt(),
            forwards.stream().filter(f -> !isAll(f)).map(Firewall::key).toList()));
    messages.addAll(Nftables.deleteElements(table, self(), self(forwards).toList()));
    return messages;
  }

  private List<Forward> mine(List<Forward> forwards) {
    return forwards.stream()
        .filter(forward -> forward.family() == family())
        .filter(forward -> !forward.port.hostIp().equals(PublishedPort.IPV6_LOOPBACK))
        .toList();
  }

  private static Stream<Element> self(List<Forward> forwards) {
    return forwards.stream()
        .map(forward -> forward.target.toInet())
        .distinct()
        .map(target -> Element.key().address(target).address(target));
  }

  private List<Message> guards() {
    var messages = new ArrayList<Message>();
    if (family() == Family.IP) {
      messages.add(chain("raw_prerouting", "filter", Hook.PREROUTING, RAW));
      // The bridges have route_localnet: nobody but this host may profit from it.
      messages.add(
          rule("raw_prerouting", iif(), not(name("lo")), at(IPV4_DESTINATION), is(127), drop()));
    }
    messages.add(chain("input", "filter", Hook.INPUT, FILTER));
    if (family() == Family.IP6) {
      // Without neighbours' questions and answers (RFC 4861) the host reaches nobody.
      messages.add(icmp(NEIGHBOUR_SOLICITATION));
      messages.add(icmp(NEIGHBOUR_ADVERTISEMENT));
    }
    messages.addAll(
        List.of(
            rule("input", iif(), in(INTERNAL), state(), established(), is(0, 0, 0, 0), drop()),
            chain("forward", "filter", Hook.FORWARD, FILTER),
            rule("forward", state(), established(), not(new byte[4]), accept()),
            rule("forward", iif(), oif(2), in(HAIRPIN), accept()),
            rule("forward", iif(), in(INTERNAL), drop()),
            rule("forward", oif(1), in(INTERNAL), drop()),
            rule("forward", oif(1), in(BRIDGES), status(), dnatted(), not(new byte[4]), accept()),
            rule("forward", oif(1), in(BRIDGES), drop())));
    return messages;
  }

  private Message icmp(int type) {
    return rule(
        "input",
        new Meta(MetaKey.L4PROTO, 1),
        is(ICMPV6),
        new Payload(TRANSPORT, 0, 1, 1),
        is(type),
        accept());
  }

  private List<Message> translations() {
    var messages = new ArrayList<Message>();
    messages.add(chain("prerouting", "nat", Hook.PREROUTING, DNAT));
    messages.addAll(toContainers("prerouting"));
    messages.add(chain("output", "nat", Hook.OUTPUT, DNAT));
    messages.addAll(toContainers("output"));
    messages.add(chain("postrouting", "nat", Hook.POSTROUTING, SNAT));
    // A container that reaches itself or a neighbour by the host's port: the answer must come back
    // this way to be translated.
    messages.add(
        rule(
            "postrouting",
            iif(),
            oif(2),
            in(HAIRPIN),
            status(),
            dnatted(),
            not(new byte[4]),
            masquerade()));
    // The same where the bridge turned the packet, which then has no interface that it came in by.
    messages.add(
        rule(
            "postrouting",
            new Payload(NETWORK, family().source(), family().bytes(), 1),
            new Payload(NETWORK, family().destination(), family().bytes(), family().behind()),
            in(self()),
            masquerade()));
    if (family() == Family.IP) {
      messages.add(
          rule("postrouting", oif(1), in(BRIDGES), at(family().source()), is(127), masquerade()));
    }
    messages.add(rule("postrouting", iif(), in(MASQUERADED), oif(1), notIn(BRIDGES), masquerade()));
    return messages;
  }

  private List<Message> toContainers(String chain) {
    var toAnyAddress =
        List.of(
            new DestinationType(1),
            is(2, 0, 0, 0),
            new Meta(MetaKey.L4PROTO, 1),
            new Payload(TRANSPORT, 2, 2, 9),
            new InMap(1, ports().name(), 1),
            new Dnat(family(), 1, family().behind()));
    return List.of(
        rule(
            chain,
            new Payload(NETWORK, family().destination(), family().bytes(), 1),
            new Meta(MetaKey.L4PROTO, family().behind()),
            new Payload(TRANSPORT, 2, 2, family().behind() + 1),
            new InMap(1, portsAt().name(), 1),
            new Dnat(family(), 1, family().behind())),
        rule(
            chain,
            Stream.concat(notIpv6Loopback(), toAnyAddress.stream()).toArray(Expression[]::new)));
  }

  // What goes to ::1 stays there, for Relays.
  private Stream<Expression> notIpv6Loopback() {
    return family() == Family.IP
        ? Stream.empty()
        : Stream.of(
            new Payload(NETWORK, family().destination(), family().bytes(), 1),
            not(Ip.parse(PublishedPort.IPV6_LOOPBACK).bytes()));
  }

  private Message chain(String name, String type, Hook hook, int priority) {
    return Nftables.addChain(table, new Chain(name, type, hook, priority));
  }

  private Message rule(String chain, Expression... expressions) {
    return Nftables.addRule(table, chain, List.of(expressions));
  }

  private List<Message> elements(SetType set, Stream<Element> elements) {
    return Nftables.addElements(table, set, elements.toList());
  }

  private static boolean isAll(Forward forward) {
    return forward.port.everywhere();
  }

  private static Element key(Forward forward) {
    PublishedPort port = forward.port;
    Element key = Element.key();
    if (!port.everywhere()) {
      key.address(Ip.parse(port.hostIp()).toInet());
    }
    return key.protocol(port.number()).port(port.hostPort());
  }

  private static Element full(Forward forward) {
    return key(forward).to().address(forward.target.toInet()).port(forward.port.containerPort());
  }

  private static Element bridge(Network network) {
    return Element.key().link(network.bridge());
  }

  private static byte[] name(String link) {
    return Arrays.copyOf(link.getBytes(StandardCharsets.US_ASCII), 16);
  }

  private static Expression iif() {
    return new Meta(MetaKey.IIFNAME, 1);
  }

  private static Expression oif(int register) {
    return new Meta(MetaKey.OIFNAME, register);
  }

  private static Expression in(SetType set) {
    return new InSet(1, set.name(), false);
  }

  private static Expression notIn(SetType set) {
    return new InSet(1, set.name(), true);
  }

  private static Expression at(int offset) {
    return new Payload(NETWORK, offset, 1, 1);
  }

  private static Expression is(int... bytes) {
    byte[] value = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      value[i] = (byte) bytes[i];
    }
    return new Cmp(1, true, value);
  }

  private static Expression not(byte[] value) {
    return new Cmp(1, false, value);
  }

  private static Expression state() {
    return new Ct(CtKey.STATE, 1);
  }

  private static Expression established() {
    return new Mask(1, ESTABLISHED_OR_RELATED);
  }

  private static Expression status() {
    return new Ct(CtKey.STATUS, 1);
  }

  private static Expression dnatted() {
    return new Mask(1, STATUS_DNAT);
  }

  private static Expression accept() {
    return new Verdict(true);
  }

  private static Expression drop() {
    return new Verdict(false);
  }

  private static Expression masquerade() {
    return new Masquerade();
  }
}
