package dev.davit.network;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.netlink.Link;
import dev.davit.netlink.Message;
import dev.davit.netlink.Netlink;
import dev.davit.netlink.Rtnetlink;
import dev.davit.netlink.Veth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Makes and removes links, addresses and routes, here and in namespaces.
record Wiring(Netlink netlink) {
  private static final String MTU = "com.docker.network.driver.mtu";

  /// Makes the network's bridge, or what is missing of it.
  void makeBridge(Network network) {
    if (Rtnetlink.find(netlink, network.bridge()).isEmpty()) {
      String mac = mac(network.gateway());
      netlink.send(List.of(Rtnetlink.addBridge(network.bridge(), mac, mtu(network))));
    }
    Link bridge = bridge(network);
    Host.prepareBridge(network.bridge(), network.config().internal());
    if (!network.config().internal()) {
      Host.forwardPackets();
    }
    netlink.send(
        List.of(
            Rtnetlink.addAddress(
                bridge.index(), network.gateway().toInet(), network.subnet().length()),
            Rtnetlink.up(bridge.index())));
  }

  void removeBridge(Network network) {
    netlink.send(List.of(Rtnetlink.deleteLink(network.bridge())), Errno.ENODEV);
  }

  /// Lets a container with published ports reach itself by them, where packets that cross a bridge
  /// go through the rules of nf_tables too (br_netfilter).
  void hairpin(Collection<Attachment> attachments) {
    netlink.send(attachments.stream().map(each -> Rtnetlink.hairpin(each.hostLink())).toList());
  }

  /// Makes the links of `attachments` with their addresses.
  ///
  /// @param networks by id
  void plug(
      Namespace namespace, Collection<Attachment> attachments, Map<String, Network> networks) {
    var messages = new ArrayList<Message>();
    for (Attachment attachment : attachments) {
      Endpoint endpoint = attachment.endpoint();
      Network network = networks.get(endpoint.networkId());
      if (network == null) {
        throw new DavitException(
            Kind.NOT_FOUND, "network \"" + endpoint.networkName() + "\" is gone");
      }
      Link bridge = bridge(network);
      messages.add(
          Rtnetlink.addVeth(
              new Veth(
                  attachment.hostLink(),
                  bridge.index(),
                  bridge.mtu(),
                  namespace.fd(),
                  endpoint.interfaceName(),
                  endpoint.mac())));
    }
    netlink.send(messages);
    var inside = new ArrayList<Message>();
    for (Attachment attachment : attachments) {
      Endpoint endpoint = attachment.endpoint();
      int link = inside(namespace, endpoint);
      inside.add(Rtnetlink.addAddress(link, endpoint.address().toInet(), endpoint.prefixLength()));
      inside.add(Rtnetlink.up(link));
    }
    namespace.netlink().send(inside);
  }

  /// Makes sure that the links of `attachments` are there and on their bridges.
  void mend(
      Namespace namespace, Collection<Attachment> attachments, Map<String, Network> networks) {
    for (Attachment attachment : attachments) {
      var link = Rtnetlink.find(netlink, attachment.hostLink());
      Network network = networks.get(attachment.endpoint().networkId());
      if (link.isEmpty() || network == null) {
        plug(namespace, List.of(attachment), networks);
      } else if (link.get().master() != bridge(network).index()) {
        netlink.send(List.of(Rtnetlink.attach(attachment.hostLink(), bridge(network).index())));
      }
    }
  }

  /// Removes links; those that are gone already are no error.
  void unplug(Collection<Attachment> attachments) {
    netlink.send(
        attachments.stream().map(each -> Rtnetlink.deleteLink(each.hostLink())).toList(),
        Errno.ENODEV);
  }

  /// Sets the default route of a namespace to the gateway of `attachment`.
  void route(Namespace namespace, Attachment attachment) {
    Endpoint endpoint = attachment.endpoint();
    int link = inside(namespace, endpoint);
    namespace.netlink().send(List.of(Rtnetlink.defaultRoute(endpoint.gateway().toInet(), link)));
  }

  /// A MAC made of the address: whoever gets the address later has the same one, so no neighbour's
  /// ARP table is wrong.
  static String mac(Ipv4 address) {
    return "02:42:" + HexFormat.ofDelimiter(":").formatHex(address.bytes());
  }

  private int mtu(Network network) {
    String given = network.config().options().get(MTU);
    return given == null ? Host.mtu(netlink) : Integer.parseInt(given);
  }

  /// Throws unless the options of `config` can be honoured.
  static void check(NetworkConfig config) {
    String mtu = config.options().get(MTU);
    if (mtu != null && !(mtu.matches("[0-9]{2,5}") && Integer.parseInt(mtu) >= 68)) {
      throw new DavitException(
          Kind.INVALID,
          "option \"" + MTU + "\" of network \"" + config.name() + "\" is \"" + mtu + "\"",
          "give it a number from 68 on, 1500 for Ethernet");
    }
  }

  private Link bridge(Network network) {
    return Rtnetlink.find(netlink, network.bridge())
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.NOT_FOUND,
                    "bridge \"%s\" of network \"%s\" is gone"
                        .formatted(network.bridge(), network.name()),
                    "restart the engine: it makes the bridge again"));
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
