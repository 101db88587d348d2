package dev.davit.selftest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.davit.engine.ContainerConfig;
import dev.davit.engine.Networking;
import dev.davit.error.DavitException;
import dev.davit.linux.Syscall;
import dev.davit.network.Endpoint;
import dev.davit.network.EndpointConfig;
import dev.davit.network.Network;
import dev.davit.network.PortBinding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;

/// Whether containers reach those that they are to reach, and no others.
final class NetworkChecks {
  private static final int PORT = 7000;
  private static final int MILLIS = 3000;
  private static final int AF_INET = 2;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final String GREETING = "hello";
  // Rows of the probe that dials.
  private static final int CONNECT = 3;
  private static final int HEARD = 4;
  private static final String LOOPBACK = "127.0.0.1";

  private NetworkChecks() {}

  static List<Check> usual() {
    return List.of(neighbour(), names(), published());
  }

  static List<Check> security() {
    return List.of(loopbackPort(), strangers());
  }

  private static Check neighbour() {
    return new Check(
        "containers of a network reach each other",
        "Services cannot talk to each other.",
        laboratory -> {
          Network network = laboratory.network();
          try (Guest server = listen(laboratory, network, List.of())) {
            return reached(dial(laboratory, network, address(server), PORT));
          }
        });
  }

  private static Check names() {
    return new Check(
        "the name of a service leads to its address",
        "Services do not find each other.",
        laboratory -> {
          Network network = laboratory.network();
          try (Guest server = listen(laboratory, network, List.of())) {
            InetAddress wanted = address(server);
            Probe probe = question("server");
            return laboratory
                .run(on(laboratory, network, List.of(), List.of()), probe)
                .judged(probe, seen -> answered(seen, wanted));
          }
        });
  }

  private static Check published() {
    return new Check(
        "a published port leads to its container",
        "Services cannot be reached from this machine.",
        laboratory -> {
          try (Guest server =
              listen(laboratory, laboratory.network(), List.of(PortBinding.tcp(0, PORT)))) {
            return greeted(LOOPBACK, hostPort(server));
          }
        });
  }

  private static Check loopbackPort() {
    return new Check(
        "a port published on 127.0.0.1 is for this machine alone",
        "Other containers and machines reach ports that are only for this machine.",
        laboratory -> {
          var binding = new PortBinding(LOOPBACK, 0, 0, PORT, "tcp");
          Network own = laboratory.network();
          try (Guest server = listen(laboratory, laboratory.network(), List.of(binding))) {
            Ended other =
                dial(laboratory, own, own.subnets().getFirst().host().toInet(), hostPort(server));
            Verdict kept = notReached(other, "from another container by the host's address");
            // Else nobody would reach it, and that would prove nothing.
            return kept.isWell() ? greeted(LOOPBACK, hostPort(server)) : kept;
          }
        });
  }

  private static Check strangers() {
    return new Check(
        "containers of two networks do not reach each other",
        "One project can attack the other.",
        laboratory -> {
          Network one = laboratory.network();
          Network other = laboratory.network();
          try (Guest server = listen(laboratory, one, List.of())) {
            Verdict kept =
                notReached(dial(laboratory, other, address(server), PORT), "from another network");
            return kept.isWell() ? reached(dial(laboratory, one, address(server), PORT)) : kept;
          }
        });
  }

  // Greets the first that comes.
  private static Guest listen(Laboratory laboratory, Network network, List<PortBinding> ports) {
    var probe = new Probe();
    probe.call(Syscall.SOCKET, AF_INET, STREAM, 0);
    probe.call(Syscall.BIND, 3, address(new byte[4], PORT), 16);
    probe.call(Syscall.LISTEN, 3, 8);
    probe.say("ready");
    probe.call(Syscall.ACCEPT, 3, 0, 0);
    probe.call(Syscall.WRITE, 4, GREETING, GREETING.length());
    probe.sleep(1);
    Guest guest = laboratory.create(on(laboratory, network, List.of("server"), ports), probe);
    try {
      guest.startAndHear();
      guest
          .now()
          .sandbox()
          .orElseThrow()
          .ports()
          .forEach(it -> laboratory.publishes(it.hostPort()));
      return guest;
    } catch (DavitException e) {
      guest.close();
      throw e;
    }
  }

  private static ContainerConfig on(
      Laboratory laboratory, Network network, List<String> names, List<PortBinding> ports) {
    return laboratory
        .config()
        .withNetwork(Networking.ofNetworks(List.of(EndpointConfig.of(network.id(), names)), ports));
  }

  private static Ended dial(Laboratory laboratory, Network from, InetAddress to, int port) {
    return laboratory.run(on(laboratory, from, List.of(), List.of()), dialling(to, port));
  }

  private static Probe dialling(InetAddress to, int port) {
    var probe = new Probe();
    probe.call(Syscall.SOCKET, AF_INET, STREAM, 0);
    // SO_SNDTIMEO and SO_RCVTIMEO of SOL_SOCKET; connect(2) heeds the first
    var patience = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(2);
    probe.call(Syscall.SETSOCKOPT, 3, 1, 21, Value.bytes(patience.array()), 16);
    probe.call(Syscall.SETSOCKOPT, 3, 1, 20, Value.bytes(patience.array()), 16);
    probe.call(Syscall.CONNECT, 3, address(to.getAddress(), port), 16);
    probe.call(Syscall.READ, 3, new Value.Room(16), 16);
    return probe;
  }

  private static Verdict reached(Ended ended) {
    Probe probe = dialling(InetAddress.getLoopbackAddress(), PORT);
    return ended.judged(
        probe,
        seen -> Verdict.of(seen.text(HEARD).equals(GREETING), "connect: " + seen.outcome(CONNECT)));
  }

  private static Verdict notReached(Ended ended, String from) {
    Probe probe = dialling(InetAddress.getLoopbackAddress(), PORT);
    return ended.judged(probe, seen -> Verdict.of(seen.failed(CONNECT), "it is reached " + from));
  }

  private static Verdict greeted(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), MILLIS);
      socket.setSoTimeout(MILLIS);
      InputStream in = socket.getInputStream();
      String heard = new String(in.readNBytes(GREETING.length()), ISO_8859_1);
      return Verdict.of(heard.equals(GREETING), "it says \"" + heard + '"');
    } catch (IOException e) {
      return Verdict.failed("%s:%d: %s".formatted(host, port, e.getMessage()));
    }
  }

  private static Probe question(String name) {
    var probe = new Probe();
    probe.call(Syscall.SOCKET, AF_INET, DATAGRAM, 0);
    probe.call(Syscall.CONNECT, 3, address(new byte[] {127, 0, 0, 11}, 53), 16);
    byte[] query = query(name);
    probe.call(Syscall.WRITE, 3, Value.bytes(query), query.length);
    probe.call(Syscall.READ, 3, new Value.Room(512), 512);
    return probe;
  }

  // RFC 1035, 4.1: recursion desired, one question, for an address in the Internet.
  private static byte[] query(String name) {
    var query = new ByteArrayOutputStream();
    query.writeBytes(HexFormat.of().parseHex("5e1f01000001000000000000"));
    query.write(name.length());
    query.writeBytes(name.getBytes(ISO_8859_1));
    query.writeBytes(HexFormat.of().parseHex("0000010001"));
    return query.toByteArray();
  }

  // The address is the last of an answer with one record.
  private static Verdict answered(Seen seen, InetAddress wanted) {
    byte[] reply = seen.text(3).getBytes(ISO_8859_1);
    int records = reply.length < 16 ? 0 : reply[7];
    if (records != 1) {
      return Verdict.failed(
          "the resolver gives %d addresses, read: %s".formatted(records, seen.outcome(3)));
    }
    String last = HexFormat.of().formatHex(reply, reply.length - 4, reply.length);
    return Verdict.of(
        last.equals(HexFormat.of().formatHex(wanted.getAddress())),
        "it leads to %s instead of %s".formatted(last, wanted.getHostAddress()));
  }

  // ip(7): struct sockaddr_in
  private static Value address(byte[] ip, int port) {
    ByteBuffer address = ByteBuffer.allocate(16);
    address.put((byte) AF_INET).put((byte) 0).putShort((short) port).put(ip);
    return Value.bytes(address.array());
  }

  private static InetAddress address(Guest guest) {
    Endpoint endpoint = guest.now().sandbox().orElseThrow().endpoints().getFirst();
    return endpoint.address().toInet();
  }

  private static int hostPort(Guest guest) {
    return guest.now().sandbox().orElseThrow().ports().getFirst().hostPort();
  }
}
