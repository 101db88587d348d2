package dev.davit.netlink;

import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The messages of rtnetlink(7) that Davit sends, and what it asks.
public final class Rtnetlink {
  private static final int NEWLINK = 16;
  private static final int DELLINK = 17;
  private static final int GETLINK = 18;
  private static final int SETLINK = 19;
  private static final int NEWADDR = 20;
  private static final int GETADDR = 22;
  private static final int NEWROUTE = 24;
  private static final int DELROUTE = 25;
  private static final int GETROUTE = 26;

  private static final int IFLA_ADDRESS = 1;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_MTU = 4;
  private static final int IFLA_LINK = 5;
  private static final int IFLA_MASTER = 10;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_GROUP = 27;
  private static final int IFLA_NET_NS_FD = 28;
  private static final int IFLA_INFO_KIND = 1;
  private static final int IFLA_INFO_DATA = 2;
  private static final int IFLA_INFO_SLAVE_KIND = 4;
  private static final int IFLA_INFO_SLAVE_DATA = 5;
  private static final int IFLA_BRPORT_MODE = 4;
  private static final int IFLA_BRPORT_ISOLATED = 33;
  private static final int IFLA_MACVLAN_MODE = 1;
  private static final int IFLA_IPVLAN_MODE = 1;
  private static final int IFLA_IPVLAN_FLAGS = 2;
  private static final int IFLA_VLAN_ID = 1;
  private static final int VETH_INFO_PEER = 1;
  private static final int IFA_ADDRESS = 1;
  private static final int IFA_LOCAL = 2;
  private static final int IFA_BROADCAST = 4;
  private static final int IFA_F_NODAD = 2;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;

  private static final int AF_UNSPEC = 0;
  private static final int IFF_UP = 1;
  private static final int LINK_HEADER = 16;
  private static final int ADDRESS_HEADER = 8;
  private static final int ROUTE_HEADER = 12;
  private static final int TABLE_MAIN = 254;
  private static final int PROTOCOL_STATIC = 4;
  private static final int TYPE_UNICAST = 1;
  private static final int SCOPE_LINK = 253;

  private Rtnetlink() {}

  /// `ip link add NAME type bridge`, with its own MAC so that it does not change with its ports,
  /// and up.
  public static Message addBridge(String name, String mac, int mtu) {
    var attributes =
        new Attributes()
            .string(IFLA_IFNAME, name)
            .bytes(IFLA_ADDRESS, mac(mac))
            .u32(IFLA_MTU, mtu)
            .nested(IFLA_LINKINFO, info -> info.string(IFLA_INFO_KIND, "bridge"));
    return new Message(
        "link add \"%s\" type bridge mtu %d up".formatted(name, mtu),
        NEWLINK,
        Message.CREATE | Message.EXCL,
        link(0, IFF_UP),
        attributes);
  }

  /// `ip link add NAME type veth`, the peer made in its namespace at once. The end here is up; the
  /// peer has to follow, since the kernel brings it up before the pair is one.
  public static Message addVeth(Veth veth) {
    var peer =
        new Attributes()
            .string(IFLA_IFNAME, veth.peerName())
            .bytes(IFLA_ADDRESS, mac(veth.peerMac()))
            .u32(IFLA_MTU, veth.mtu())
            .u32(IFLA_NET_NS_FD, veth.namespace().number());
    var attributes =
        new Attributes()
            .string(IFLA_IFNAME, veth.name())
            .u32(IFLA_MTU, veth.mtu())
            .u32(IFLA_MASTER, veth.bridge())
            .nested(
                IFLA_LINKINFO,
                info ->
                    info.string(IFLA_INFO_KIND, "veth")
                        .nested(
                            IFLA_INFO_DATA,
                            data ->
                                data.bytes(VETH_INFO_PEER, join(link(0, 0), peer.toByteArray()))));
    return new Message(
        "link add \"%s\" type veth peer \"%s\"".formatted(veth.name(), veth.peerName()),
        NEWLINK,
        Message.CREATE | Message.EXCL,
        link(0, IFF_UP),
        attributes);
  }

  /// `ip link set NAME master BRIDGE up`.
  public static Message attach(String name, int bridge) {
    return new Message(
        "link set \"%s\" master %d up".formatted(name, bridge),
        SETLINK,
        0,
        link(0, IFF_UP),
        new Attributes().string(IFLA_IFNAME, name).u32(IFLA_MASTER, bridge));
  }

  /// `bridge link set dev NAME hairpin on`: the bridge may send a frame back to where it came from.
  public static Message hairpin(String name) {
    return port(name, "hairpin", IFLA_BRPORT_MODE);
  }

  /// `bridge link set dev NAME isolated on`: the bridge passes nothing between such ports.
  public static Message isolate(String name) {
    return port(name, "isolated", IFLA_BRPORT_ISOLATED);
  }

  private static Message port(String name, String option, int attribute) {
    return new Message(
        "link set \"%s\" type bridge_slave %s on".formatted(name, option),
        NEWLINK,
        0,
        link(0, 0),
        new Attributes()
            .string(IFLA_IFNAME, name)
            .nested(
                IFLA_LINKINFO,
                info ->
                    info.string(IFLA_INFO_SLAVE_KIND, "bridge")
                        .nested(IFLA_INFO_SLAVE_DATA, port -> port.bytes(attribute, (byte) 1))));
  }

  /// `ip link add link PARENT name NAME type vlan id ID`, and up.
  public static Message addVlan(Vlan vlan) {
    var attributes =
        new Attributes()
            .string(IFLA_IFNAME, vlan.name())
            .u32(IFLA_LINK, vlan.parent())
            .nested(
                IFLA_LINKINFO,
                info ->
                    info.string(IFLA_INFO_KIND, "vlan")
                        .nested(IFLA_INFO_DATA, data -> data.u16(IFLA_VLAN_ID, vlan.id())));
    return new Message(
        "link add link %d name \"%s\" type vlan id %d"
            .formatted(vlan.parent(), vlan.name(), vlan.id()),
        NEWLINK,
        Message.CREATE | Message.EXCL,
        link(0, IFF_UP),
        attributes);
  }

  /// `ip link add link PARENT name NAME netns FD type macvlan mode MODE`, or of ipvlan.
  public static Message addSlave(Slave slave) {
    String kind = slave.kind().name().toLowerCase(Locale.ROOT);
    var attributes =
        new Attributes()
            .string(IFLA_IFNAME, slave.name())
            .u32(IFLA_LINK, slave.parent())
            .u32(IFLA_NET_NS_FD, slave.namespace().number());
    if (!slave.mac().isEmpty()) {
      attributes.bytes(IFLA_ADDRESS, mac(slave.mac()));
    }
    attributes.nested(
        IFLA_LINKINFO,
        info ->
            info.string(IFLA_INFO_KIND, kind).nested(IFLA_INFO_DATA, data -> mode(slave, data)));
    return new Message(
        "link add link %d name \"%s\" type %s mode %d"
            .formatted(slave.parent(), slave.name(), kind, slave.mode()),
        NEWLINK,
        Message.CREATE | Message.EXCL,
        link(0, 0),
        attributes);
  }

  private static void mode(Slave slave, Attributes data) {
    switch (slave.kind()) {
      case MACVLAN -> data.u32(IFLA_MACVLAN_MODE, slave.mode());
      case IPVLAN -> data.u16(IFLA_IPVLAN_MODE, slave.mode()).u16(IFLA_IPVLAN_FLAGS, slave.flags());
    }
  }

  /// `ip link set dev N up`.
  public static Message up(int link) {
    return new Message(
        "link set " + link + " up", SETLINK, 0, link(link, IFF_UP), new Attributes());
  }

  /// `ip link delete NAME`.
  public static Message deleteLink(String name) {
    return new Message(
        "link delete \"" + name + "\"",
        DELLINK,
        0,
        link(0, 0),
        new Attributes().string(IFLA_IFNAME, name));
  }

  /// `ip link set NAME group N`.
  public static Message group(String name, int group) {
    return new Message(
        "link set \"%s\" group %d".formatted(name, group),
        SETLINK,
        0,
        link(0, 0),
        new Attributes().string(IFLA_IFNAME, name).u32(IFLA_GROUP, group));
  }

  /// `ip link delete group N`: all of them at once, for which the kernel waits as long as for one.
  public static Message deleteGroup(int group) {
    return new Message(
        "link delete group " + group,
        DELLINK,
        0,
        link(0, 0),
        new Attributes().u32(IFLA_GROUP, group));
  }

  /// `ip address replace ADDRESS/LENGTH dev N`. An IPv6 address can be used at once: whether it is
  /// another's already is known without asking the link.
  public static Message addAddress(int link, InetAddress address, int prefixLength) {
    byte[] bytes = address.getAddress();
    Family family = Family.of(bytes);
    byte[] header = Attributes.hostOrder(ADDRESS_HEADER).putInt(4, link).array();
    header[0] = (byte) family.number;
    header[1] = (byte) prefixLength;
    var attributes = new Attributes().bytes(IFA_LOCAL, bytes).bytes(IFA_ADDRESS, bytes);
    if (family == Family.IP) {
      attributes.bytes(IFA_BROADCAST, broadcast(bytes.clone(), prefixLength));
    } else {
      header[2] = IFA_F_NODAD;
    }
    return new Message(
        "address add %s/%d dev %d".formatted(address.getHostAddress(), prefixLength, link),
        NEWADDR,
        Message.CREATE | Message.REPLACE,
        header,
        attributes);
  }

  private static byte[] broadcast(byte[] address, int prefixLength) {
    for (int bit = prefixLength; bit < address.length * 8; bit++) {
      address[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return address;
  }

  /// `ip route replace default via GATEWAY dev N`.
  public static Message defaultRoute(InetAddress gateway, int link) {
    return new Message(
        "route replace default via %s dev %d".formatted(gateway.getHostAddress(), link),
        NEWROUTE,
        Message.CREATE | Message.REPLACE,
        route(Family.of(gateway.getAddress()), TYPE_UNICAST),
        new Attributes().bytes(RTA_GATEWAY, gateway.getAddress()).u32(RTA_OIF, link));
  }

  /// `ip route replace default dev N`, to an interface on which everybody can be reached.
  public static Message defaultRoute(Family family, int link) {
    byte[] header = route(family, TYPE_UNICAST);
    header[6] = (byte) SCOPE_LINK;
    return new Message(
        "route replace default dev " + link,
        NEWROUTE,
        Message.CREATE | Message.REPLACE,
        header,
        new Attributes().u32(RTA_OIF, link));
  }

  /// `ip route delete default`.
  public static Message deleteDefaultRoute() {
    return new Message("route delete default", DELROUTE, 0, route(Family.IP, 0), new Attributes());
  }

  /// The interface of that name, if there is one.
  public static Optional<Link> find(Netlink netlink, String name) {
    var message =
        new Message(
            "link get \"" + name + "\"",
            GETLINK,
            0,
            link(0, 0),
            new Attributes().string(IFLA_IFNAME, name));
    try {
      return netlink.request(message).stream().map(Rtnetlink::toLink).findFirst();
    } catch (SyscallException e) {
      if (e.errno() == Errno.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /// All interfaces.
  public static List<Link> links(Netlink netlink) {
    return dump(netlink, "link list", GETLINK, link(0, 0)).stream().map(Rtnetlink::toLink).toList();
  }

  /// All addresses of IP.
  public static List<Address> addresses(Netlink netlink) {
    return dump(netlink, "address list", GETADDR, new byte[ADDRESS_HEADER]).stream()
        .filter(Rtnetlink::isOfIp)
        .map(Rtnetlink::toAddress)
        .toList();
  }

  private static boolean isOfIp(Reply reply) {
    return reply.u8(0) == Family.IP.number || reply.u8(0) == Family.IP6.number;
  }

  /// All unicast routes of IP, of every table.
  public static List<Route> routes(Netlink netlink) {
    return dump(netlink, "route list", GETROUTE, new byte[ROUTE_HEADER]).stream()
        .filter(reply -> isOfIp(reply) && reply.u8(7) == TYPE_UNICAST)
        .map(Rtnetlink::toRoute)
        .toList();
  }

  private static List<Reply> dump(Netlink netlink, String text, int type, byte[] header) {
    return netlink.request(new Message(text, type, Message.DUMP, header, new Attributes()));
  }

  private static Link toLink(Reply reply) {
    Map<Integer, byte[]> found = reply.attributes(LINK_HEADER);
    byte[] zero = new byte[4];
    return new Link(
        reply.i32(4),
        Attributes.toText(found.getOrDefault(IFLA_IFNAME, zero)),
        Attributes.toInt(found.getOrDefault(IFLA_MASTER, zero)),
        Attributes.toInt(found.getOrDefault(IFLA_MTU, zero)),
        (reply.i32(8) & IFF_UP) != 0,
        HexFormat.ofDelimiter(":").formatHex(found.getOrDefault(IFLA_ADDRESS, new byte[0])));
  }

  private static Address toAddress(Reply reply) {
    Map<Integer, byte[]> found = reply.attributes(ADDRESS_HEADER);
    byte[] address = found.getOrDefault(IFA_LOCAL, found.getOrDefault(IFA_ADDRESS, new byte[4]));
    return new Address(reply.i32(4), inet(address), reply.u8(1));
  }

  private static Route toRoute(Reply reply) {
    Map<Integer, byte[]> found = reply.attributes(ROUTE_HEADER);
    byte[] zero = new byte[4];
    byte[] all = new byte[reply.u8(0) == Family.IP.number ? 4 : 16];
    return new Route(
        inet(found.getOrDefault(RTA_DST, all)),
        reply.u8(1),
        Attributes.toInt(found.getOrDefault(RTA_OIF, zero)));
  }

  private static InetAddress inet(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] mac(String text) {
    return HexFormat.ofDelimiter(":").parseHex(text);
  }

  /// `struct ifinfomsg`.
  private static byte[] link(int index, int flags) {
    return Attributes.hostOrder(LINK_HEADER)
        .put(0, (byte) AF_UNSPEC)
        .putInt(4, index)
        .putInt(8, flags)
        .putInt(12, flags)
        .array();
  }

  /// `struct rtmsg` of the main table.
  private static byte[] route(Family family, int type) {
    byte[] header = new byte[ROUTE_HEADER];
    header[0] = (byte) family.number;
    header[4] = (byte) TABLE_MAIN;
    header[5] = PROTOCOL_STATIC;
    header[7] = (byte) type;
    return header;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = new byte[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
