package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.NamespaceMode;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Project;
import dev.davit.compose.ServiceNetwork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NetworksTest {
  private static final String NETWORKS =
      """
      networks:
        front:
          ipam:
            config: [{subnet: 10.9.0.0/16, gateway: 10.9.0.1}]
        back: {internal: true, name: rear}
        there: {external: true}
        nobody:
      """;

  private static Project project(String attributes) {
    return Stack.of(Stack.web(attributes).files().get("compose.yaml") + NETWORKS).project();
  }

  @Test
  void listIsTheMapping() {
    assertEquals(
        project("networks: [front, there]").services().get("web").networking(),
        project("networks: {front: , there: {}}").services().get("web").networking());
  }

  @Test
  void withoutNetworksThereIsTheDefaultOne() {
    Project project = Stack.web("").project();
    assertEquals(
        Map.of("default", ServiceNetwork.DEFAULT),
        project.services().get("web").networking().networks());
    assertEquals("shop_default", project.networks().get("default").name());
  }

  @Test
  void onlyUsedNetworksAreOfTheProject() {
    Project project = project("networks: [front, back, there]");
    assertEquals(Set.of("front", "back", "there"), project.networks().keySet());
    assertEquals(
        List.of("shop_front", "rear", "there"),
        project.networks().values().stream().map(NetworkDefinition::name).toList());
    NetworkDefinition.Ipam ipam = project.networks().get("front").ipam().getFirst();
    assertEquals(Optional.of("10.9.0.0/16"), ipam.subnet());
  }

  @Test
  void attachmentHasItsAttributes() {
    Project project =
        project(
            """
            networks:
              front:
                aliases: [www]
                ipv4_address: 10.9.0.5
                mac_address: 02:42:ac:11:00:02
                interface_name: eth7
                gw_priority: 3
            """);
    assertEquals(
        new ServiceNetwork(
            List.of("www"),
            Optional.of("10.9.0.5"),
            Optional.empty(),
            Optional.of("02:42:ac:11:00:02"),
            Optional.of("eth7"),
            0,
            3,
            List.of(),
            Map.of()),
        project.services().get("web").networking().networks().get("front"));
  }

  @Test
  void modes() {
    assertEquals(NamespaceMode.HOST, Stack.web("network_mode: host").service().networking().mode());
    Project shared =
        Stack.of(
                """
                services:
                  web: {image: davit/host, network_mode: 'service:vpn'}
                  vpn: {image: davit/host}
                """)
            .project();
    assertEquals(
        new NamespaceMode.OfService("vpn"), shared.services().get("web").networking().mode());
    assertEquals(Set.of("vpn"), shared.services().get("web").dependsOn().keySet());
  }

  @Test
  void extraHosts() {
    var hosts = Map.of("a", List.of("10.0.0.1", "::1"), "gw", List.of("host-gateway"));
    assertEquals(
        hosts,
        Stack.web("extra_hosts: {a: [10.0.0.1, '::1'], gw: host-gateway}")
            .service()
            .networking()
            .extraHosts());
    assertEquals(
        hosts,
        Stack.web("extra_hosts: ['a=10.0.0.1', 'a: [::1]', 'gw:host-gateway']")
            .service()
            .networking()
            .extraHosts());
  }

  @Test
  void dns() {
    assertEquals(
        List.of("9.9.9.9"), Stack.web("dns: 9.9.9.9").service().networking().dns().servers());
    assertEquals("services.web.dns: invalid address \"nine\"", Stack.web("dns: nine").error());
  }

  @Test
  void badSubnet() {
    assertEquals(
        "networks.n.ipam.config[0].subnet: invalid subnet \"10.0.0.0/33\"",
        Stack.of(
                """
                services: {web: {image: i}}
                networks: {n: {ipam: {config: [{subnet: 10.0.0.0/33}]}}}
                """)
            .error());
  }
}
