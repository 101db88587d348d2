package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Containers.WaitCondition;
import dev.davit.error.DavitException;
import dev.davit.network.Endpoint;
import dev.davit.network.EndpointConfig;
import dev.davit.network.NetworkConfig;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Kernel
class NetworkKernelTest {
  private Bench bench;

  @BeforeEach
  void open() throws Exception {
    bench = new Bench();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void withoutNetworkThereIsOnlyLoopback() throws Exception {
    bench.run(
        Bench.shell("web", "ls /sys/class/net; cat /sys/class/net/lo/flags")
            .withNetwork(Networking.NONE));
    bench.awaiting("web", WaitCondition.NOT_RUNNING);
    assertEquals(List.of("lo", "0x9"), bench.log("web"));
  }

  @Test
  void restartKeepsTheAddressAndStopGivesItBack() throws Exception {
    bench.networks().create(NetworkConfig.bridge("davit-engine-test"));
    try {
      var network =
          Networking.ofNetworks(
              List.of(EndpointConfig.of("davit-engine-test", List.of("web"))), List.of());
      Container first =
          bench.run(Bench.shell("web", "cat /etc/resolv.conf; sleep 60").withNetwork(network));
      var sandbox = first.sandbox().orElseThrow();
      Container second = bench.containers().restart("web", Optional.of(java.time.Duration.ZERO));
      assertEquals(sandbox, second.sandbox().orElseThrow());
      assertTrue(second.state().pid() != first.state().pid());
      String hosts = Files.readString(bench.directories().container(first.id()).resolve("hosts"));
      assertTrue(hosts.contains(sandbox.endpoints().getFirst().address() + "\t"), hosts);

      bench.reopen();
      assertEquals(sandbox, bench.containers().get("web").sandbox().orElseThrow());

      Container stopped = bench.containers().stop("web", Optional.of(java.time.Duration.ZERO));
      assertEquals(Optional.empty(), stopped.sandbox());
      assertEquals(Optional.empty(), bench.networks().sandbox(first.id()));
      assertTrue(bench.log("web").contains("nameserver 127.0.0.11"));
    } finally {
      bench.containers().remove("web", true, true);
      bench.networks().remove("davit-engine-test");
    }
  }

  @Test
  void aNeighbourSharesTheNetworkOfAnother() throws Exception {
    Container first = bench.run(Bench.shell("one", "sleep 60").withNetwork(Networking.NONE));
    bench.run(
        Bench.shell("two", "readlink /proc/self/ns/net; hostname")
            .withNetwork(Networking.ofContainer("one")));
    bench.awaiting("two", WaitCondition.NOT_RUNNING);
    String theirs =
        Files.readSymbolicLink(java.nio.file.Path.of("/proc/" + first.state().pid() + "/ns/net"))
            .toString();
    assertEquals(List.of(theirs, first.shortId()), bench.log("two"));
  }

  @Test
  void aRunningContainerIsPutOnANetworkAndTakenOff() throws Exception {
    bench.networks().create(NetworkConfig.bridge("davit-one"));
    bench.networks().create(NetworkConfig.bridge("davit-two"));
    try {
      Container first =
          bench.run(
              Bench.shell("web", "sleep 60")
                  .withNetwork(
                      Networking.ofNetworks(
                          List.of(EndpointConfig.of("davit-one", List.of())), List.of())));
      Container both =
          bench.containers().connect("web", EndpointConfig.of("davit-two", List.of("shop")));
      assertEquals(first.state(), both.state());
      assertEquals(List.of("davit-one", "davit-two"), networks(both));
      String address = address(both, "davit-two");
      String hosts = Files.readString(bench.directories().container(first.id()).resolve("hosts"));
      assertTrue(hosts.contains(address + "\t"), hosts);
      assertThrows(
          DavitException.class,
          () -> bench.containers().connect("web", EndpointConfig.of("davit-two", List.of())));

      bench.reopen();
      Container one = bench.containers().disconnect("web", "davit-one");
      assertEquals(List.of("davit-two"), networks(one));
      assertEquals(address, address(one, "davit-two"));
      assertThrows(DavitException.class, () -> bench.containers().disconnect("web", "davit-one"));
    } finally {
      bench.containers().remove("web", true, true);
      bench.networks().remove("davit-one");
      bench.networks().remove("davit-two");
    }
  }

  @Test
  void aStoppedContainerStartsOnTheNetworkThatItWasPutOn() throws Exception {
    bench.networks().create(NetworkConfig.bridge("davit-one"));
    bench.networks().create(NetworkConfig.bridge("davit-two"));
    try {
      bench
          .containers()
          .create(
              Bench.shell("web", "sleep 60")
                  .withNetwork(
                      Networking.ofNetworks(
                          List.of(EndpointConfig.of("davit-one", List.of())), List.of())));
      bench.containers().connect("web", EndpointConfig.of("davit-two", List.of()));
      bench.containers().disconnect("web", "davit-one");
      bench.networks().remove("davit-one");
      assertEquals(List.of("davit-two"), networks(bench.containers().start("web")));
    } finally {
      bench.containers().remove("web", true, true);
      bench.networks().remove("davit-two");
    }
  }

  private static List<String> networks(Container container) {
    return container.sandbox().orElseThrow().endpoints().stream()
        .map(Endpoint::networkName)
        .toList();
  }

  private static String address(Container container, String network) {
    return container.sandbox().orElseThrow().endpoints().stream()
        .filter(endpoint -> endpoint.networkName().equals(network))
        .map(endpoint -> endpoint.address().toString())
        .findFirst()
        .orElseThrow();
  }
}
