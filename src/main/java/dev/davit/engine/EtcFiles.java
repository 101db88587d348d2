package dev.davit.engine;

import dev.davit.network.DnsConfig;
import dev.davit.network.Sandbox;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The text of /etc/hosts, /etc/hostname and /etc/resolv.conf of a container; pure.
final class EtcFiles {
  private static final List<String> LOCAL =
      List.of(
          "127.0.0.1\tlocalhost",
          "::1\tlocalhost ip6-localhost ip6-loopback",
          "fe00::\tip6-localnet",
          "ff00::\tip6-mcastprefix",
          "ff02::1\tip6-allnodes",
          "ff02::2\tip6-allrouters");

  private EtcFiles() {}

  /// @param extra name to addresses, `host-gateway` already replaced
  /// @param names of the container, the longest first
  static String hosts(
      Map<String, List<String>> extra, Optional<Sandbox> sandbox, List<String> names) {
    var lines = new ArrayList<>(LOCAL);
    lines.addAll(entries(extra));
    sandbox.stream()
        .flatMap(place -> place.endpoints().stream())
        .flatMap(endpoint -> endpoint.addresses().stream())
        .forEach(address -> lines.add(address + "\t" + String.join(" ", names)));
    return text(lines);
  }

  /// The host's file with `extra` behind it.
  static String hosts(String ofHost, Map<String, List<String>> extra) {
    var lines = new ArrayList<>(ofHost.lines().toList());
    lines.addAll(entries(extra));
    return text(lines);
  }

  private static List<String> entries(Map<String, List<String>> extra) {
    var lines = new ArrayList<String>();
    new TreeMap<>(extra)
        .forEach((name, addresses) -> addresses.forEach(it -> lines.add(it + "\t" + name)));
    return lines;
  }

  /// As containers with networks of their own see it: everything is asked of Davit's resolver.
  ///
  /// @param ofHost the host's resolv.conf, for what `dns` leaves open
  static String resolvConf(DnsConfig dns, String ofHost) {
    var lines = new ArrayList<>(List.of("nameserver " + DnsConfig.RESOLVER));
    lines.addAll(searchAndOptions(dns, ofHost, true));
    return text(lines);
  }

  /// As containers without them see it: the host's servers, unless `dns` names others.
  static String plainResolvConf(DnsConfig dns, String ofHost) {
    var lines = new ArrayList<String>();
    List<String> servers = dns.servers();
    if (servers.isEmpty()) {
      lines.addAll(ofHost.lines().filter(line -> line.startsWith("nameserver")).toList());
    } else {
      servers.forEach(server -> lines.add("nameserver " + server));
    }
    lines.addAll(searchAndOptions(dns, ofHost, false));
    return text(lines);
  }

  private static List<String> searchAndOptions(DnsConfig dns, String ofHost, boolean ownResolver) {
    var lines = new ArrayList<String>();
    if (dns.search().isEmpty()) {
      ofHost
          .lines()
          .filter(line -> line.startsWith("search") || line.startsWith("domain"))
          .forEach(lines::add);
    } else if (!dns.search().equals(List.of("."))) {
      lines.add("search " + String.join(" ", dns.search()));
    }
    Set<String> options = new LinkedHashSet<>(dns.options());
    if (ownResolver && options.stream().noneMatch(option -> option.startsWith("ndots:"))) {
      // Service names have no dot: ask for them as they are first.
      options.add("ndots:0");
    }
    if (!options.isEmpty()) {
      lines.add("options " + String.join(" ", options));
    }
    return lines;
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }
}
