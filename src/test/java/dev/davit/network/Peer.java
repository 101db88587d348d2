package dev.davit.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.davit.test.Netns;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Servers and clients for tests, in the namespace of the calling thread unless one is named.
final class Peer {
  private static final int PATIENCE_MILLIS = 5_000;

  private Peer() {}

  /// A TCP server in a namespace that answers each connection with `text` and the client's address.
  static ServerSocketChannel tcp(Path netns, int port, String text) throws Exception {
    var server =
        Netns.in(netns, () -> ServerSocketChannel.open().bind(new InetSocketAddress(port)));
    Thread.ofPlatform().daemon().start(() -> serve(server, text));
    return server;
  }

  private static void serve(ServerSocketChannel server, String text) {
    try {
      while (true) {
        try (SocketChannel client = server.accept()) {
          var from = (InetSocketAddress) client.getRemoteAddress();
          String answer = text + " to " + from.getAddress().getHostAddress();
          client.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
        }
      }
    } catch (IOException e) {
      // Closed by the test.
    }
  }

  /// A TCP server in a namespace for one client, to whom it says all that it heard when the client
  /// has nothing more to say.
  static ServerSocketChannel echoAtTheEnd(Path netns, int port) throws Exception {
    var server =
        Netns.in(netns, () -> ServerSocketChannel.open().bind(new InetSocketAddress(port)));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (SocketChannel client = server.accept()) {
                byte[] heard = client.socket().getInputStream().readAllBytes();
                client.socket().getOutputStream().write(heard);
              } catch (IOException e) {
                // Closed by the test.
              }
            });
    return server;
  }

  /// A UDP server in a namespace that answers with what it got, behind `text`.
  static DatagramChannel udp(Path netns, int port, String text) throws Exception {
    var server = Netns.in(netns, () -> DatagramChannel.open().bind(new InetSocketAddress(port)));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (true) {
                  var in = ByteBuffer.allocate(1500);
                  var from = server.receive(in);
                  var out = ByteBuffer.allocate(2000).put(text.getBytes(UTF_8)).put(in.flip());
                  server.send(out.flip(), from);
                }
              } catch (IOException e) {
                // Closed by the test.
              }
            });
    return server;
  }

  static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(Ip.parse(address).toInet(), port);
  }

  /// What a TCP server says.
  static String ask(String host, int port) throws IOException {
    try (var channel = SocketChannel.open()) {
      channel.socket().connect(at(host, port), PATIENCE_MILLIS);
      channel.socket().setSoTimeout(PATIENCE_MILLIS);
      return new String(channel.socket().getInputStream().readAllBytes(), UTF_8);
    }
  }

  /// Whether a TCP server can be reached; waits for 300 ms where packets are dropped.
  static boolean reaches(String host, int port) throws IOException {
    try (var channel = SocketChannel.open()) {
      channel.socket().connect(at(host, port), 300);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// What a UDP server says.
  static byte[] askUdp(String host, int port, byte[] question) throws IOException {
    try (var channel = DatagramChannel.open()) {
      var socket = channel.socket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      channel.send(ByteBuffer.wrap(question), at(host, port));
      var packet = new java.net.DatagramPacket(new byte[65535], 65535);
      socket.receive(packet);
      return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  /// What the resolver of the namespace says: the code, and the records' data in order.
  static String resolve(Path netns, String name, int type) throws Exception {
    return Netns.in(
        netns, () -> print(new Message(askUdp("127.0.0.11", 53, query(name, type).toWire()))));
  }

  /// The same by TCP.
  static String resolveTcp(Path netns, String name, int type) throws Exception {
    return Netns.in(
        netns,
        () -> {
          try (var channel = SocketChannel.open()) {
            channel.connect(at("127.0.0.11", 53));
            var socket = channel.socket();
            socket.setSoTimeout(PATIENCE_MILLIS);
            byte[] query = query(name, type).toWire();
            var out = new java.io.DataOutputStream(socket.getOutputStream());
            out.writeShort(query.length);
            out.write(query);
            var in = new java.io.DataInputStream(socket.getInputStream());
            return print(new Message(in.readNBytes(in.readUnsignedShort())));
          }
        });
  }

  static Message query(String name, int type) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN));
  }

  static String print(Message message) {
    List<String> data =
        message.getSection(Section.ANSWER).stream().map(Record::rdataToString).sorted().toList();
    return org.xbill.DNS.Rcode.string(message.getRcode()) + " " + data;
  }
}
