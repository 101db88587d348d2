package dev.davit.netlink;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.Open;
import dev.davit.linux.SyscallException;
import dev.davit.netlink.SetType.Field;
import dev.davit.test.Golden;
import dev.davit.test.Kernel;
import dev.davit.test.Netns;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the kernel made of our messages, as ip(8) and nft(8) see it.
class NetlinkKernelTest {
  private static final Table T = new Table(Family.IP, "t");

  @Test
  @Kernel(needs = "ip")
  void sendMakesBridgeVethAddressAndRoute() throws Exception {
    Netns.fresh(
        () -> {
          try (Netlink netlink = Netlink.route();
              Fd here = dev.davit.linux.Kernel.open("/proc/thread-self/ns/net", Open.RDONLY, 0)) {
            netlink.send(List.of(Rtnetlink.addBridge("br", "02:42:0a:59:00:01", 1400)));
            int bridge = Rtnetlink.find(netlink, "br").orElseThrow().index();
            netlink.send(
                List.of(
                    Rtnetlink.up(1),
                    Rtnetlink.addAddress(bridge, inet("10.89.0.1"), 24),
                    Rtnetlink.addVeth(
                        new Veth("host", bridge, 1400, here, "eth0", "02:42:0a:59:00:02")),
                    Rtnetlink.defaultRoute(inet("10.89.0.9"), bridge)));
            int peer = Rtnetlink.find(netlink, "eth0").orElseThrow().index();
            netlink.send(List.of(Rtnetlink.up(peer)));
            String links = Netns.run("ip", "-o", "link");
            assertTrue(links.contains("eth0@host: <BROADCAST,MULTICAST,UP,LOWER_UP>"), links);
            assertTrue(links.contains("mtu 1400 qdisc noqueue master br "), links);
            String addresses = Netns.run("ip", "-o", "-4", "address", "show", "br");
            assertTrue(addresses.contains("inet 10.89.0.1/24 brd 10.89.0.255"), addresses);
            String routes = Netns.run("ip", "route");
            assertTrue(routes.contains("default via 10.89.0.9 dev br proto static"), routes);

            assertEquals(
                Set.of("lo", "br", "eth0", "host"),
                Rtnetlink.links(netlink).stream()
                    .filter(Link::up)
                    .map(Link::name)
                    .collect(toSet()));
            assertTrue(
                Rtnetlink.addresses(netlink).contains(new Address(bridge, inet("10.89.0.1"), 24)));
            assertTrue(
                Rtnetlink.routes(netlink).contains(new Route(inet("10.89.0.0"), 24, bridge)));
            netlink.send(List.of(Rtnetlink.deleteDefaultRoute(), Rtnetlink.deleteLink("host")));
            assertTrue(Rtnetlink.find(netlink, "eth0").isEmpty());
          }
          return null;
        });
  }

  @Test
  @Kernel
  void sendNamesTheMessageThatFailedAndWhatTheKernelSays() throws Exception {
    Netns.fresh(
        () -> {
          try (Netlink netlink = Netlink.route()) {
            var e =
                assertThrows(
                    SyscallException.class,
                    () ->
                        netlink.send(
                            List.of(Rtnetlink.deleteLink("none"), Rtnetlink.attach("lo", 77))));
            assertEquals(Errno.ENODEV, e.errno());
            assertEquals("link delete \"none\" = -1 ENODEV (No such device)", e.getMessage());
            assertEquals(1, e.getSuppressed().length);
            netlink.send(List.of(Rtnetlink.deleteLink("none")), Errno.ENODEV);
          }
          return null;
        });
  }

  @Test
  @Kernel(needs = "nft")
  void commitMakesWhatNftLists() throws Exception {
    var ports =
        new SetType(
            "ports",
            List.of(Field.INET_PROTO, Field.INET_SERVICE),
            List.of(Field.IPV4_ADDR, Field.INET_SERVICE));
    var bridges = new SetType("bridges", List.of(Field.IFNAME), List.of());
    Netns.fresh(
        () -> {
          try (Netlink netlink = Netlink.netfilter()) {
            var messages = new java.util.ArrayList<Message>();
            messages.add(Nftables.addTable(T));
            messages.add(
                Nftables.addChain(T, new Chain("pre", "nat", Chain.Hook.PREROUTING, -100)));
            messages.add(
                Nftables.addChain(T, new Chain("post", "nat", Chain.Hook.POSTROUTING, 100)));
            messages.add(Nftables.addChain(T, new Chain("fwd", "filter", Chain.Hook.FORWARD, 0)));
            messages.add(Nftables.addSet(T, ports, 1));
            messages.add(Nftables.addSet(T, bridges, 2));
            messages.addAll(
                Nftables.addElements(
                    T,
                    ports,
                    List.of(
                        Element.key()
                            .protocol(6)
                            .port(8080)
                            .to()
                            .address(inet("10.89.0.2"))
                            .port(80))));
            messages.addAll(
                Nftables.addElements(T, bridges, List.of(Element.key().link("dv-0123456789ab"))));
            messages.add(
                Nftables.addRule(
                    T,
                    "pre",
                    List.of(
                        new Expression.DestinationType(1),
                        new Expression.Cmp(1, true, new byte[] {2, 0, 0, 0}),
                        new Expression.Meta(Expression.MetaKey.L4PROTO, 1),
                        new Expression.Payload(2, 2, 2, 9),
                        new Expression.InMap(1, "ports", 1),
                        new Expression.Dnat(Family.IP, 1, 9))));
            messages.add(
                Nftables.addRule(
                    T,
                    "post",
                    List.of(
                        new Expression.Meta(Expression.MetaKey.OIFNAME, 1),
                        new Expression.InSet(1, "bridges", true),
                        new Expression.Masquerade())));
            messages.add(
                Nftables.addRule(
                    T,
                    "fwd",
                    List.of(
                        new Expression.Ct(Expression.CtKey.STATUS, 1),
                        new Expression.Mask(1, 32),
                        new Expression.Cmp(1, false, new byte[4]),
                        new Expression.Verdict(false))));
            netlink.commit(messages);
            Golden.check("netlink/nft-list.txt", Netns.run("nft", "list", "ruleset"));
            netlink.commit(
                Nftables.deleteElements(T, ports, List.of(Element.key().protocol(6).port(8080))));
            var e =
                assertThrows(
                    SyscallException.class,
                    () ->
                        netlink.commit(
                            List.of(
                                Nftables.addTable(new Table(Family.IP, "u")),
                                Nftables.deleteTable(new Table(Family.IP, "none")))));
            assertEquals(
                "delete table ip none = -1 ENOENT (No such file or directory)", e.getMessage());
            netlink.commit(List.of(Nftables.deleteTable(T)));
            assertEquals("", Netns.run("nft", "list", "ruleset"));
          }
          return null;
        });
  }

  private static Inet4Address inet(String text) throws Exception {
    return (Inet4Address) InetAddress.getByName(text);
  }
}
