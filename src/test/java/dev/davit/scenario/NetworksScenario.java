package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.network.Endpoint;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Services must find and reach each other where the file says so, and nowhere else.
@Kernel
@Timeout(120)
class NetworksScenario {
  private static final String SLEEPS = "image: davit/host, init: true, command: sleep 1000";

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private Checks.Ran in(String service, String... command) {
    var argv = new java.util.ArrayList<String>(List.of("exec", "-T", service));
    argv.addAll(List.of(command));
    return checks.davit(argv.toArray(String[]::new));
  }

  private List<Endpoint> endpoints(String container) {
    return checks.container(container).sandbox().orElseThrow().endpoints();
  }

  private String address(String container) {
    return endpoints(container).getFirst().address().toString();
  }

  private String addressOf(String service, String name) {
    return in(service, "getent", "ahostsv4", name).succeeds().out();
  }

  @Test
  @Intent("[networks] Networks")
  void servicesReachWhoIsOnANetworkOfTheirsAndDownRemovesTheNetworks() throws Exception {
    checks.file(
        """
        name: three
        services:
          proxy: {%1$s, networks: [front]}
          web: {%1$s, networks: [front, back], ports: ["127.0.0.1:18089:80", "18090:53/udp"]}
          db: {%1$s, networks: [back]}
        networks: {front: {}, back: {}}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("three_back", "three_front"), checks.networkNames());
    in("proxy", "getent", "hosts", "web").succeeds();
    in("db", "getent", "hosts", "web").succeeds();
    in("web", "getent", "hosts", "proxy").succeeds();
    in("web", "getent", "hosts", "db").succeeds();
    in("proxy", "getent", "hosts", "db").failsWith(2);
    assertEquals("127.0.0.1:18089\n", checks.davit("port", "web", "80").succeeds().out());
    checks.davit("port", "--protocol", "udp", "web", "53").succeeds().says("0.0.0.0:18090");
    checks.davit("down").succeeds();
    assertEquals(List.of(), checks.networkNames());
  }

  @Test
  @Intent("[networks] NetworkAliases")
  void aliasesAndLinksAreNamesOfTheService() throws Exception {
    checks.file(
        """
        name: also
        services:
          web: {%1$s, networks: [lan, other], links: ["db:store"]}
          db: {%1$s, networks: {lan: {aliases: [alpha, beta]}}}
          far: {%1$s, networks: [other]}
        networks: {lan: {}, other: {}}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    String db = address("also-db-1");
    for (String name : List.of("db", "alpha", "beta", "store", "also-db-1")) {
      assertTrue(addressOf("web", name).startsWith(db + " "), name);
    }
    in("far", "getent", "hosts", "alpha").failsWith(2);
    in("db", "getent", "hosts", "store").failsWith(2);
  }

  @Test
  @Intent("[networks] NetworkLinks")
  void linksResolveOnTheDefaultBridge() throws Exception {
    checks.file(
        """
        name: tied
        services:
          web: {%1$s, network_mode: bridge, links: [db]}
          db: {%1$s, network_mode: bridge}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("bridge"), checks.networkNames());
    assertTrue(addressOf("web", "db").startsWith(address("tied-db-1") + " "));
  }

  @Test
  @Intent("[networks] IPAMConfig")
  void aFixedAddressIsTheContainers() throws Exception {
    checks.file(
        """
        name: fixed
        services:
          web: {%1$s, networks: {lan: {ipv4_address: 10.213.3.77}}}
          db: {%1$s, networks: [lan]}
        networks:
          lan:
            ipam:
              config: [{subnet: 10.213.3.0/24, gateway: 10.213.3.254, ip_range: 10.213.3.128/30, aux_addresses: {printer: 10.213.3.128}}]
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    assertEquals("10.213.3.77", address("fixed-web-1"));
    assertEquals("10.213.3.129", address("fixed-db-1"));
    in("web", "ip", "route").succeeds().says("default via 10.213.3.254");
    assertTrue(addressOf("db", "web").startsWith("10.213.3.77 "));
  }

  @Test
  @Intent("[networks] NetworkModes")
  void runMayShareTheNetworkOfAnotherService() throws Exception {
    checks.file(
        """
        name: shared
        services:
          db: {%1$s}
          probe: {%1$s, network_mode: "service:db"}
        """
            .formatted(SLEEPS));
    String shown = checks.davit("run", "--rm", "-T", "probe", "ip", "address").succeeds().out();
    assertTrue(shown.contains(address("shared-db-1") + "/"), shown);
  }

  @Test
  @Intent("[networks] MacAddress")
  @Intent("[networks] InterfaceName")
  void interfacesHaveTheNameAndTheMacAddressOfTheFile() throws Exception {
    checks.file(
        """
        name: face
        services:
          web:
            image: davit/host
            init: true
            command: sleep 1000
            networks: {lan: {interface_name: lan7, mac_address: "02:42:0a:00:00:07"}, other: {}}
          old: {%s, mac_address: "02:42:0a:00:00:08"}
        networks: {lan: {}, other: {}}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    in("web", "ip", "link", "show", "lan7").succeeds().says("02:42:0a:00:00:07");
    in("old", "ip", "link", "show", "eth0").succeeds().says("02:42:0a:00:00:08");
  }

  @Test
  void dualStackNetworksNameBothAddresses() throws Exception {
    checks.file(
        """
        name: dual
        services: {web: {%1$s}, db: {%1$s, networks: {default: {ipv6_address: "fd00:213::77"}}}}
        networks: {default: {enable_ipv6: true, ipam: {config: [{subnet: "fd00:213::/64"}]}}}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    assertTrue(addressOf("web", "db").startsWith(address("dual-db-1") + " "));
    in("web", "getent", "ahostsv6", "db").succeeds().says("fd00:213::77");
    in("web", "ip", "-6", "route").succeeds().says("default via fd00:213::1");
    checks.davit("up", "-d").succeeds();
  }

  @Test
  void aNetworkOfIpv6OnlyGivesNoIpv4Address() throws Exception {
    checks.file(
        """
        name: six
        services: {web: {%1$s}, db: {%1$s}}
        networks: {default: {enable_ipv4: false, enable_ipv6: true}}
        """
            .formatted(SLEEPS));
    checks.davit("up", "-d").succeeds();
    in("web", "getent", "ahostsv6", "db").succeeds().says(address("six-db-1"));
    assertEquals("", in("web", "ip", "-4", "address", "show", "eth0").succeeds().out());
  }
}
