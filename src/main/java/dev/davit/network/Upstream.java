package dev.davit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The DNS servers that are asked for names outside.
final class Upstream {
  private static final Path RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final int PORT = 53;

  private Upstream() {}

  /// Those of `given`, or the host's if it is empty; what is no address is left out.
  static List<InetSocketAddress> servers(List<String> given) {
    return (given.isEmpty() ? hosts() : given.stream())
        .flatMap(text -> parse(text).stream())
        .toList();
  }

  /// `10.0.0.1`, `fd00::1` or `127.0.0.1#5353`.
  static Optional<InetSocketAddress> parse(String text) {
    int hash = text.indexOf('#');
    try {
      int port = hash < 0 ? PORT : Integer.parseInt(text.substring(hash + 1));
      String address = hash < 0 ? text : text.substring(0, hash);
      return Optional.of(new InetSocketAddress(InetAddress.ofLiteral(address), port));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Where the host's servers are: a network around one of them would hide it.
  static List<Held> held() {
    return servers(List.of()).stream()
        .map(server -> Ip.of(server.getAddress().getAddress()))
        .map(address -> new Held(new Cidr(address, address.width()), "a DNS server", false))
        .toList();
  }

  private static Stream<String> hosts() {
    try {
      return Files.readString(RESOLV_CONF)
          .lines()
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length > 1 && words[0].equals("nameserver"))
          .map(words -> words[1]);
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
