package dev.davit.cli.object;

import dev.davit.cli.UsageException;
import dev.davit.error.Code;
import dev.davit.network.Cidr;
import dev.davit.network.Ip;
import dev.davit.network.Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The addresses of a network as options of `network create` give them: what belongs to a subnet is
/// found by being in it.
record SubnetWords(
    List<String> subnets,
    List<String> gateways,
    List<String> ranges,
    Map<String, String> auxiliaries) {
  List<Subnet> parse() {
    List<Cidr> all = subnets.stream().map(Cidr::parse).toList();
    List<Ip> hosts = gateways.stream().map(Ip::parse).toList();
    List<Cidr> parts = ranges.stream().map(Cidr::parse).toList();
    var reserved = new HashMap<String, Ip>();
    auxiliaries.forEach((name, address) -> reserved.put(name, Ip.parse(address)));
    hosts.forEach(host -> check("gateway", host, all, it -> it.contains(host)));
    parts.forEach(part -> check("ip range", part, all, it -> it.contains(part)));
    reserved.values().forEach(ip -> check("auxiliary address", ip, all, it -> it.contains(ip)));
    return all.stream()
        .map(
            subnet ->
                new Subnet(
                    subnet,
                    one("gateway", subnet, hosts.stream().filter(subnet::contains)),
                    one("ip range", subnet, parts.stream().filter(subnet::contains)),
                    within(subnet, reserved)))
        .toList();
  }

  private static void check(String what, Object word, List<Cidr> all, Predicate<Cidr> contains) {
    if (all.stream().noneMatch(contains)) {
      throw refused(
          "no matching subnet for %s \"%s\"".formatted(what, word),
          "add --subnet with the subnet that it is of",
          word);
    }
  }

  private static <T> Optional<T> one(String what, Cidr subnet, Stream<T> those) {
    List<T> found = those.toList();
    if (found.size() > 1) {
      throw refused(
          "subnet \"%s\" cannot have more than one %s".formatted(subnet, what),
          "give each subnet one",
          found.get(1));
    }
    return found.stream().findFirst();
  }

  private static Map<String, Ip> within(Cidr subnet, Map<String, Ip> all) {
    var mine = new HashMap<>(all);
    mine.values().removeIf(address -> !subnet.contains(address));
    return mine;
  }

  private static UsageException refused(String message, String action, Object word) {
    return new UsageException(Code.INVALID_OPTION, message, action, word.toString());
  }
}
