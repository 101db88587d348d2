package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.SyscallException;
import dev.davit.netlink.Family;
import dev.davit.netlink.Link;
import dev.davit.netlink.Message;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Rtnetlink;
import dev.davit.netlink.Slave;
import dev.davit.netlink.Veth;
import dev.davit.netlink.Vlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Makes and removes links, addresses and routes, here and in namespaces.
record Wiring(Netlink netlink) {
  private static final int LINK_LOCAL_IPV4 = 16;
  private static final int LINK_LOCAL_IPV6 = 64;

  /// Makes the interface of the host that a network is, or what is missing of it.
  void makeLink(Network network) {
    if (network.isBridge()) {
      makeBridge(network);
    } else if (network.ownsLink() && find(network).isEmpty()) {
      makeVlan(network);
    }
  }

  private void makeBridge(Network network) {
    if (find(network).isEmpty()) {
      String mac = mac(network.subnets().getFirst().host());
      netlink.send(List.of(Rtnetlink.addBridge(network.bridge(), mac, mtu(network))));
    }
    Link bridge = link(network);
    Host.prepareBridge(network);
    var messages = new ArrayList<Message>();
    for (Subnet subnet : network.subnets()) {
      if (!network.config().internal()) {
        Host.forward(subnet.subnet().isIpv6() ? Family.IP6 : Family.IP);
      }
      messages.add(
          Rtnetlink.addAddress(bridge.index(), subnet.host().toInet(), subnet.subnet().length()));
    }
    messages.add(Rtnetlink.up(bridge.index()));
    netlink.send(messages);
  }

  /// `eth0.10` is VLAN 10 of `eth0`.
  private void makeVlan(Network network) {
    String name = network.bridge();
    int dot = name.lastIndexOf('.');
    Link parent =
        Rtnetlink.find(netlink, name.substring(0, Math.max(dot, 0)))
            .orElseThrow(() -> noParent(network));
    try {
      int id = Integer.parseInt(name.substring(dot + 1));
      netlink.send(List.of(Rtnetlink.addVlan(new Vlan(name, parent.index(), id))));
    } catch (NumberFormatException e) {
      throw noParent(network);
    } catch (SyscallException e) {
      throw notBuiltIn(e, "vlan");
    }
  }

  private static DavitException noParent(Network network) {
    return new DavitException(
        Kind.NOT_FOUND,
        "interface \"%s\", the parent of network \"%s\", does not exist"
            .formatted(network.bridge(), network.name()),
        "name one that \"ip link\" lists, or VLAN as in eth0.10");
  }

  // rtnetlink answers so if it does not know the kind of a link.
  private static RuntimeException notBuiltIn(SyscallException e, String kind) {
    return e.errno() == Errno.EOPNOTSUPP
        ? new DavitException(
            Kind.UNSUPPORTED, "this kernel has no " + kind, "load the module " + kind, e)
        : e;
  }

  void removeLink(Network network) {
    if (network.ownsLink()) {
      netlink.send(List.of(Rtnetlink.deleteLink(network.bridge())), Errno.ENODEV);
    }
  }

  /// Lets a container with published ports reach itself by them, where packets that cross a bridge
  /// go through the rules of nf_tables too (br_netfilter).
  void hairpin(Collection<Attachment> attachments) {
    netlink.send(
        attachments.stream()
            .filter(Attachment::bridged)
            .map(each -> Rtnetlink.hairpin(each.hostLink()))
            .toList());
  }

  /// Makes the links of `attachments` with their addresses.
  ///
  /// @param networks by id
  void plug(
      Namespace namespace, Collection<Attachment> attachments, Map<String, Network> networks) {
    var messages = new ArrayList<Message>();
    for (Attachment attachment : attachments) {
      messages.addAll(links(namespace, attachment, network(attachment, networks)));
    }
    try {
      netlink.send(messages);
    } catch (SyscallException e) {
      throw notBuiltIn(e, kinds(attachments, networks));
    }
    setSwitches(namespace, attachments);
    var inside = new ArrayList<Message>();
    for (Attachment attachment : attachments) {
      int link = inside(namespace, attachment.endpoint());
      for (Endpoint.Place place : attachment.endpoint().places()) {
        inside.add(Rtnetlink.addAddress(link, place.address().toInet(), place.prefixLength()));
      }
      for (Ip address : attachment.linkLocal()) {
        int length = address.isIpv6() ? LINK_LOCAL_IPV6 : LINK_LOCAL_IPV4;
        inside.add(Rtnetlink.addAddress(link, address.toInet(), length));
      }
      inside.add(Rtnetlink.up(link));
    }
    namespace.netlink().send(inside);
  }

  private static Network network(Attachment attachment, Map<String, Network> networks) {
    Endpoint endpoint = attachment.endpoint();
    Network network = networks.get(endpoint.networkId());
    if (network == null) {
      throw new DavitException(
          Kind.NOT_FOUND, "network \"" + endpoint.networkName() + "\" is gone");
    }
    return network;
  }

  private static String kinds(Collection<Attachment> attachments, Map<String, Network> networks) {
    return attachments.stream()
        .map(attachment -> network(attachment, networks).config().driver())
        .filter(driver -> !driver.equals(NetworkConfig.BRIDGE))
        .findFirst()
        .orElse("veth");
  }

  private List<Message> links(Namespace namespace, Attachment attachment, Network network) {
    Endpoint endpoint = attachment.endpoint();
    Link host = link(network);
    if (!network.isBridge()) {
      return List.of(Rtnetlink.addSlave(slave(namespace, endpoint, network, host)));
    }
    var messages = new ArrayList<Message>();
    messages.add(
        Rtnetlink.addVeth(
            new Veth(
                attachment.hostLink(),
                host.index(),
                host.mtu(),
                namespace.fd(),
                endpoint.interfaceName(),
                endpoint.mac())));
    if (!DriverOptions.of(network.config()).betweenContainers()) {
      messages.add(Rtnetlink.isolate(attachment.hostLink()));
    }
    return messages;
  }

  private static Slave slave(Namespace namespace, Endpoint endpoint, Network network, Link host) {
    var kind = Slave.Kind.valueOf(network.config().driver().toUpperCase(Locale.ROOT));
    var options = DriverOptions.of(network.config());
    return new Slave(
        endpoint.interfaceName(),
        kind,
        options.mode(kind),
        options.flags(),
        host.index(),
        namespace.fd(),
        endpoint.mac());
  }

  private static void setSwitches(Namespace namespace, Collection<Attachment> attachments) {
    var files = new LinkedHashMap<String, String>();
    for (Attachment attachment : attachments) {
      Endpoint endpoint = attachment.endpoint();
      boolean six = attachment.linkLocal().stream().anyMatch(Ip::isIpv6);
      if (six || endpoint.ipv6().isPresent()) {
        files.put("ipv6/conf/" + endpoint.interfaceName() + "/disable_ipv6", "0");
      }
      files.putAll(attachment.sysctls());
    }
    namespace.set(files);
  }

  /// Makes sure that the links of `attachments` are there, up and on their bridges, and have
  /// addresses; returns whether something was missing.
  boolean mend(
      Namespace namespace, Collection<Attachment> attachments, Map<String, Network> networks) {
    boolean mended = false;
    for (Attachment attachment : attachments) {
      Network network = network(attachment, networks);
      mended |=
          !isLinked(namespace, attachment, network) && plugAgain(namespace, attachment, network);
      mended |= network.isBridge() && mendPort(attachment, network);
      mended |= mendAddresses(namespace, attachment);
    }
    return mended;
  }

  private boolean isLinked(Namespace namespace, Attachment attachment, Network network) {
    return network.isBridge()
        ? Rtnetlink.find(netlink, attachment.hostLink()).isPresent()
        : Rtnetlink.find(namespace.netlink(), attachment.endpoint().interfaceName()).isPresent();
  }

  private boolean plugAgain(Namespace namespace, Attachment attachment, Network network) {
    plug(namespace, List.of(attachment), Map.of(network.id(), network));
    return true;
  }

  private boolean mendPort(Attachment attachment, Network network) {
    Link port = Rtnetlink.find(netlink, attachment.hostLink()).orElseThrow();
    int bridge = link(network).index();
    var messages = new ArrayList<Message>();
    if (port.master() != bridge) {
      messages.add(Rtnetlink.attach(attachment.hostLink(), bridge));
      if (!DriverOptions.of(network.config()).betweenContainers()) {
        messages.add(Rtnetlink.isolate(attachment.hostLink()));
      }
    }
    if (!port.up()) {
      messages.add(Rtnetlink.up(port.index()));
    }
    netlink.send(messages);
    return !messages.isEmpty();
  }

  // One that has other addresses may have them from its container, who knows best.
  private static boolean mendAddresses(Namespace namespace, Attachment attachment) {
    Endpoint endpoint = attachment.endpoint();
    Optional<Link> inside = Rtnetlink.find(namespace.netlink(), endpoint.interfaceName());
    if (inside.isEmpty() || endpoint.places().isEmpty()) {
      return false;
    }
    int index = inside.get().index();
    boolean has =
        Rtnetlink.addresses(namespace.netlink()).stream()
            .filter(address -> address.link() == index)
            .anyMatch(address -> !address.address().isLinkLocalAddress());
    if (!has) {
      namespace
          .netlink()
          .send(
              endpoint.places().stream()
                  .map(it -> Rtnetlink.addAddress(index, it.address().toInet(), it.prefixLength()))
                  .toList());
    }
    return !has;
  }

  /// Takes the interface of `attachment` out of a namespace that lives on.
  void unplug(Namespace namespace, Attachment attachment) {
    Message message = Rtnetlink.deleteLink(attachment.endpoint().interfaceName());
    namespace.netlink().send(List.of(message), Errno.ENODEV);
  }

  /// Sets the default routes of a namespace as `state` has them.
  void route(Namespace namespace, SandboxState state, Map<String, Network> networks) {
    var messages = new ArrayList<Message>();
    state
        .gateway4()
        .ifPresent(at -> messages.add(route(namespace, at, at.endpoint().ipv4(), networks)));
    state
        .gateway6()
        .ifPresent(at -> messages.add(route(namespace, at, at.endpoint().ipv6(), networks)));
    namespace.netlink().send(messages);
  }

  private static Message route(
      Namespace namespace,
      Attachment attachment,
      Optional<Endpoint.Place> place,
      Map<String, Network> networks) {
    Ip gateway = place.orElseThrow().gateway();
    int link = inside(namespace, attachment.endpoint());
    Network network = network(attachment, networks);
    boolean direct =
        network.config().driver().equals("ipvlan")
            && DriverOptions.of(network.config()).mode(Slave.Kind.IPVLAN) > 0;
    // With ipvlan's modes l3 and l3s it is the parent's namespace that knows the way.
    return direct
        ? Rtnetlink.defaultRoute(gateway.isIpv6() ? Family.IP6 : Family.IP, link)
        : Rtnetlink.defaultRoute(gateway.toInet(), link);
  }

  /// A MAC made of the address: whoever gets the address later has the same one, so no neighbour's
  /// ARP table is wrong.
  static String mac(Ip address) {
    byte[] last =
        address instanceof Ipv4
            ? address.bytes()
            : HexFormat.of().parseHex(Placing.hash(address.toString()).substring(0, 8));
    return "02:42:" + HexFormat.ofDelimiter(":").formatHex(last);
  }

  private int mtu(Network network) {
    var options = DriverOptions.of(network.config());
    return options.hasMtu() ? options.mtu(0) : Host.mtu(netlink);
  }

  private Optional<Link> find(Network network) {
    return Rtnetlink.find(netlink, network.bridge());
  }

  private Link link(Network network) {
    return find(network)
        .orElseThrow(
            () ->
                network.isBridge()
                    ? new DavitException(
                        Kind.NOT_FOUND,
                        "bridge \"%s\" of network \"%s\" is gone"
                            .formatted(network.bridge(), network.name()),
                        "restart the engine: it makes the bridge again")
                    : noParent(network));
  }

  private static int inside(Namespace namespace, Endpoint endpoint) {
    return Rtnetlink.find(namespace.netlink(), endpoint.interfaceName())
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.NOT_FOUND, "interface \"" + endpoint.interfaceName() + "\" is gone"))
        .index();
  }
}
