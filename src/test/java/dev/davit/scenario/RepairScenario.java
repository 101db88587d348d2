package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Container;
import dev.davit.linux.Kernel;
import dev.davit.network.Sandbox;
import dev.davit.test.Leaks;
import dev.davit.test.Netns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Somebody takes away a part of a stack's network; what runs must be whole again after `up`, keep
/// its processes and addresses, and leave nothing.
@dev.davit.test.Kernel(needs = {"ip", "nft"})
@Timeout(120)
class RepairScenario {
  private static final String STACK =
      """
      name: mend
      services:
        web:
          image: davit/host
          init: true
          command: sleep 10000
          ports: ["127.0.0.1:19194:80"]
        db: {image: davit/host, init: true, command: sleep 10000}
      """;
  private static final int PORT = 19194;
  private static final int MNT_DETACH = 2;

  private Checks checks;
  private Leaks leaks;
  private ServerSocketChannel server;

  /// What somebody does.
  @FunctionalInterface
  interface Deed {
    void harm(RepairScenario stack) throws Exception;
  }

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file(STACK);
    leaks = Leaks.watch(checks.root(), checks.run());
    checks.davit("up", "-d").succeeds();
    leaks.mark();
    // A socket stays in the namespace in which it was opened.
    server =
        Netns.in(
            netns(),
            () ->
                ServerSocketChannel.open(StandardProtocolFamily.INET)
                    .bind(new InetSocketAddress(80)));
    Thread.ofPlatform().daemon().start(this::greet);
  }

  private void greet() {
    try {
      while (true) {
        try (SocketChannel caller = server.accept()) {
          caller.write(ByteBuffer.wrap(new byte[] {'w'}));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    checks.close();
  }

  private Container web() {
    return checks.container("mend-web-1");
  }

  private Path netns() {
    return Path.of("/proc", Integer.toString(web().state().pid()), "ns/net");
  }

  private Sandbox sandbox() {
    return web().sandbox().orElseThrow();
  }

  private InetAddress address() {
    return sandbox().endpoints().getFirst().address().toInet();
  }

  private String bridge() {
    return "dv-" + sandbox().endpoints().getFirst().networkId().substring(0, 12);
  }

  private String port() throws Exception {
    String ports = Netns.run("ip", "-o", "link", "show", "master", bridge());
    Matcher found = Pattern.compile("dv" + web().id().substring(0, 7) + "\\w*").matcher(ports);
    assertTrue(found.find(), ports);
    return found.group();
  }

  /// As the engine names it.
  private String table() throws Exception {
    byte[] run = checks.run().toString().getBytes(StandardCharsets.UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(run);
    return "davit-" + HexFormat.of().formatHex(hash).substring(0, 8);
  }

  private static void ip(String... words) throws Exception {
    run("ip", words);
  }

  private static void run(String program, String... words) throws Exception {
    String[] command = Stream.concat(Stream.of(program), Stream.of(words)).toArray(String[]::new);
    assertEquals("", Netns.run(command));
  }

  private static Map<String, Deed> deeds() {
    var deeds = new TreeMap<String, Deed>();
    deeds.put("the bridge is deleted", it -> ip("link", "del", it.bridge()));
    deeds.put("the bridge is down", it -> ip("link", "set", it.bridge(), "down"));
    deeds.put("the bridge has no address", it -> ip("addr", "flush", "dev", it.bridge()));
    deeds.put("the veth is deleted", it -> ip("link", "del", it.port()));
    deeds.put("the veth is off its bridge", it -> ip("link", "set", it.port(), "nomaster"));
    deeds.put("the veth is down", it -> ip("link", "set", it.port(), "down"));
    deeds.put(
        "the container has no address",
        it ->
            Netns.in(
                it.netns(),
                () -> {
                  ip("addr", "flush", "dev", "eth0");
                  return true;
                }));
    deeds.put(
        "the port leads nowhere", it -> run("nft", "flush", "map", "ip", it.table(), "ports_at"));
    deeds.put("the table is deleted", it -> run("nft", "delete", "table", "ip", it.table()));
    deeds.put(
        "the namespace is not mounted", it -> Kernel.umount(it.mount().toString(), MNT_DETACH));
    deeds.put(
        "it is not mounted while no engine runs",
        it -> it.checks.whileDown(() -> Kernel.umount(it.mount().toString(), MNT_DETACH)));
    deeds.put("it is forgotten", it -> it.checks.whileDown(() -> Files.delete(it.file())));
    deeds.put(
        "it is forgotten and not mounted",
        it ->
            it.checks.whileDown(
                () -> {
                  Files.delete(it.file());
                  Kernel.umount(it.mount().toString(), MNT_DETACH);
                }));
    deeds.put(
        "it is forgotten and without interface",
        it -> {
          String port = it.port();
          it.checks.whileDown(
              () -> {
                Files.delete(it.file());
                ip("link", "del", port);
              });
        });
    return deeds;
  }

  private Path mount() {
    return checks.run().resolve("netns").resolve(web().id());
  }

  private Path file() {
    return checks.run().resolve("sandboxes").resolve(web().id() + ".json");
  }

  @TestFactory
  Stream<DynamicTest> upBringsItBackAndDownLeavesNothing() {
    return deeds().entrySet().stream()
        .map(
            deed ->
                DynamicTest.dynamicTest(
                    deed.getKey(),
                    () -> {
                      try {
                        harmAndMend(deed.getValue());
                      } finally {
                        close();
                        open();
                      }
                    }));
  }

  private void harmAndMend(Deed deed) throws Exception {
    assertReached();
    Container before = web();
    deed.harm(this);
    checks.davit("up", "-d").succeeds();
    assertReached();
    assertTrue(Netns.in(mount(), () -> true));
    assertEquals(before.id(), web().id());
    assertEquals(before.state().pid(), web().state().pid());
    assertEquals(before.sandbox(), web().sandbox());
    assertEquals("", checks.davit("up", "-d").succeeds().err().replaceAll("(?m)^.*Running\n?", ""));
    checks.davit("down", "-t", "0").succeeds();
    leaks.check();
  }

  /// From the host by its port, from its neighbour by its name.
  private void assertReached() throws Exception {
    assertEquals('w', greeting(InetAddress.getLoopbackAddress(), PORT));
    assertEquals('w', Netns.in(neighbour(), () -> greeting(address(), 80)));
    checks.davit("exec", "-T", "db", "getent", "hosts", "web").succeeds();
    checks.davit("exec", "-T", "web", "getent", "hosts", "db").succeeds();
  }

  private Path neighbour() {
    int pid = checks.container("mend-db-1").state().pid();
    return Path.of("/proc", Integer.toString(pid), "ns/net");
  }

  private static int greeting(InetAddress address, int port) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.INET)) {
      channel.socket().connect(new InetSocketAddress(address, port), 3000);
      channel.socket().setSoTimeout(3000);
      return channel.socket().getInputStream().read();
    }
  }

  @Test
  void rulesComeBackWithoutACommand() throws Exception {
    run("nft", "delete", "table", "ip", table());
    long end = System.nanoTime() + 10_000_000_000L;
    while (System.nanoTime() < end && !Netns.run("nft", "list", "tables").contains(table())) {
      Thread.onSpinWait();
    }
    assertReached();
  }

  @Test
  void aContainerWhoseNamespaceWasUnmountedCanBeStartedAgain() throws Exception {
    Kernel.umount(mount().toString(), MNT_DETACH);
    checks.davit("restart", "-t", "0", "web").succeeds();
    server.close();
    checks.davit("exec", "-T", "web", "getent", "hosts", "db").succeeds();
    checks.davit("down", "-t", "0").succeeds();
    leaks.check();
  }

  @Test
  void addressesThatAContainerHasChangedItselfAreItsOwn() throws Exception {
    Netns.in(
        netns(),
        () -> {
          ip("addr", "flush", "dev", "eth0");
          ip("addr", "add", "192.0.2.7/24", "dev", "eth0");
          return true;
        });
    checks.davit("up", "-d").succeeds();
    String printed = Netns.in(netns(), () -> Netns.run("ip", "addr", "show", "dev", "eth0"));
    assertNotEquals(-1, printed.indexOf("192.0.2.7"), printed);
    assertEquals(-1, printed.indexOf(address().getHostAddress()), printed);
  }

  @Test
  void aNetworkThatNobodyKnowsAnyMoreIsMadeAgain() throws Exception {
    String id = sandbox().endpoints().getFirst().networkId();
    checks.whileDown(
        () -> {
          for (String suffix : List.of(".json", ".copy")) {
            Files.delete(checks.root().resolve("networks/networks").resolve(id + suffix));
          }
        });
    checks.davit("up", "-d").succeeds();
    assertNotEquals(id, sandbox().endpoints().getFirst().networkId());
    checks.davit("exec", "-T", "db", "getent", "hosts", "web").succeeds();
    leaks.mark();
    checks.davit("down", "-t", "0").succeeds();
    leaks.check();
  }
}
