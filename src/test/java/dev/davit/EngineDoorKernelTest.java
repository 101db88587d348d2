package dev.davit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.EngineHome.Ran;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who may talk to an engine, and what is left for others to read. The other users are numbers that
/// no account has.
@Kernel(needs = "setpriv")
@Timeout(180)
class EngineDoorKernelTest {
  private static final String CANARY = "canary-7d1f0c";
  private static final int GAMES = 60;

  @TempDir Path directory;
  private EngineHome home;

  @BeforeEach
  void makeHome() throws IOException {
    // Others may come as far as that.
    mode(directory, "rwx--x--x");
    home = new EngineHome(directory);
  }

  @AfterEach
  void stopEngine() throws Exception {
    home.davit("-p", "walk", "down", "-v", "-t", "0");
    home.davit("engine", "stop");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Ran as(int user, int group, int more, String... argv) throws Exception {
    return EngineHome.ran(
        home.client(
                List.of(
                    "setpriv",
                    "--reuid=" + user,
                    "--regid=" + group,
                    more == 0 ? "--clear-groups" : "--groups=" + more),
                argv)
            .start());
  }

  private void start(String group) throws Exception {
    ProcessBuilder start = home.client(List.of(), "engine", "start");
    start.environment().put("DAVIT_GROUP", group);
    Ran started = EngineHome.ran(start.start());
    assertEquals(0, started.code(), started.err());
  }

  @Test
  void othersAreTurnedAwayEvenWhereTheModesLetThemThrough() throws Exception {
    start("");
    assertEquals("rwx------", mode(home.run()));
    assertEquals("rw-------", mode(home.run().resolve("engine.sock")));
    assertEquals(125, as(54_321, 54_321, 0, "version").code());
    mode(home.run(), "rwxrwxrwx");
    mode(home.run().resolve("engine.sock"), "rwxrwxrwx");
    Ran refused = as(54_321, 54_321, 0, "version");
    assertEquals(125, refused.code(), refused.out());
    assertFalse(refused.out().contains("Davit version"), refused.out());
    String audit = home.davit("engine", "audit").out();
    assertTrue(audit.contains("54321"), audit);
    assertTrue(audit.contains("(turned away)"), audit);
  }

  @Test
  void membersOfTheGroupComeInByEitherKindOfMembership() throws Exception {
    start("games");
    assertEquals("rwx--x---", mode(home.run()));
    assertEquals("rw-rw----", mode(home.run().resolve("engine.sock")));
    assertEquals(GAMES, Files.getAttribute(home.run().resolve("engine.sock"), "unix:gid"));
    assertEquals(0, as(54_321, GAMES, 0, "version").code());
    Ran member = as(54_321, 54_321, GAMES, "version");
    assertEquals(0, member.code(), member.err());
    assertEquals(125, as(54_321, 54_321, 0, "version").code());
    String audit = home.davit("engine", "audit", "--format", "{{.User}} {{.Command}}").out();
    assertTrue(audit.contains("54321 davit version"), audit);
  }

  @Test
  void groupThatWasAskedForMustExist() throws Exception {
    ProcessBuilder start = home.client(List.of(), "engine", "start");
    start.environment().put("DAVIT_GROUP", "no-such-group");
    Ran refused = EngineHome.ran(start.start());
    assertEquals(125, refused.code());
    assertTrue(
        refused.err().contains("group \"no-such-group\" of DAVIT_GROUP does not exist"),
        refused.err());
  }

  @Test
  void nothingIsForOthersToReadAndNoSecretIsWhereItDoesNotBelong() throws Exception {
    start("games");
    Path project = Files.createDirectories(directory.resolve("project"));
    Files.writeString(
        project.resolve("compose.yaml"),
        """
        name: walk
        services:
          web:
            image: davit/host
            user: "65534"
            environment: {TOKEN: "$TOKEN"}
            command: [sh, -c, 'ls -ld / /etc/hosts; cat /etc/hosts >/dev/null; sleep 1000']
            networks: [net]
            volumes: [data:/data, /anonymous]
            secrets: [key]
            healthcheck: {test: "true", interval: 1s}
        networks: {net: {}}
        volumes: {data: {}}
        secrets: {key: {environment: TOKEN}}
        """);
    ProcessBuilder up = home.client(List.of(), "up", "-d", "--wait").directory(project.toFile());
    up.environment().put("TOKEN", CANARY);
    Ran ran = EngineHome.ran(up.start());
    assertEquals(0, ran.code(), ran.err());
    ran = home.davit("-p", "walk", "exec", "-e", "TOKEN=" + CANARY, "web", "true");
    assertEquals(0, ran.code(), ran.err());
    home.davit("-p", "walk", "exec", "web", "echo", "https://user:" + CANARY + "@host/");
    home.davit("engine", "audit");

    assertEquals(Map.of(), open(home.root(), home.run()));
    assertEquals(List.of("config.json"), withCanary());
    String events = home.davit("events", "--since", "1h", "--until", "0s", "--json").out();
    assertFalse(events.contains(CANARY), events);
    String log = home.davit("-p", "walk", "logs", "--no-log-prefix").out();
    assertTrue(log.startsWith("drwxr-xr-x"), log);
    assertTrue(log.contains("-rw-r--r--"), log);
  }

  // What others may list, enter, read or write, with its mode. Below what is shut to them, and what
  // a container or a volume shows to its own users, is not looked at as others see it, but has to
  // belong to root or the user that it was made for.
  private Map<String, String> open(Path... tops) throws IOException {
    var open = new TreeMap<String, String>();
    for (Path top : tops) {
      try (Stream<Path> paths = Files.walk(top)) {
        for (Path path : paths.toList()) {
          if (!isOfAContainer(top.relativize(path).toString())) {
            check(path, open);
          }
        }
      }
    }
    open.remove(home.run() + " rwx--x--- 0:" + GAMES);
    open.remove(home.run().resolve("engine.root") + " rw-r----- 0:" + GAMES);
    open.remove(home.run().resolve("engine.sock") + " rw-rw---- 0:" + GAMES);
    return open;
  }

  private static void check(Path path, Map<String, String> open) throws IOException {
    String mode = mode(path);
    Object uid = Files.getAttribute(path, "unix:uid");
    Object gid = Files.getAttribute(path, "unix:gid");
    boolean fifo = path.toString().contains("/run/containers/");
    if (!mode.endsWith("------") || !(uid.equals(0) || fifo)) {
      open.put(path + " " + mode + " " + uid + ":" + gid, "");
    }
  }

  // Public inside a directory that is not: what a container is shown.
  private static boolean isOfAContainer(String path) {
    return path.matches("containers/[0-9a-f]{64}/(upper|work|hosts|hostname|resolv.conf)(/.*)?")
        || path.matches("volumes/[^/]+/_data(/.*)?")
        || path.matches("netns/[0-9a-f]+");
  }

  private List<String> withCanary() throws IOException {
    try (Stream<Path> paths = Files.walk(home.root())) {
      return paths
          .filter(Files::isRegularFile)
          .filter(EngineDoorKernelTest::hasCanary)
          .map(path -> path.getFileName().toString())
          .toList();
    }
  }

  private static boolean hasCanary(Path path) {
    try {
      return new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(CANARY);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
