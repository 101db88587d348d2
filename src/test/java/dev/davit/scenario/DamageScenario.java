package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.Container;
import dev.davit.engine.Containers.WaitCondition;
import dev.davit.linux.Kernel;
import dev.davit.stored.Aside;
import dev.davit.test.Leaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Whatever happens to one file of one project while no engine runs: every other project is up as
/// if nothing had been, `up` brings the project back, and `down` leaves nothing of it.
@dev.davit.test.Kernel
@Timeout(60)
class DamageScenario {
  private static final String OTHER =
      """
      name: other
      services:
        web: {image: davit/host, init: true, restart: always, command: sleep 10000, volumes: ["data:/data"]}
      volumes: {data: {}}
      """;
  private static final String HURT =
      """
      name: hurt
      services:
        web:
          image: davit/host
          init: true
          restart: always
          command: sleep 10000
          ports: ["127.0.0.1:19193:80"]
          volumes: ["data:/data"]
          depends_on: [db]
        db: {image: davit/host, init: true, command: sleep 10000}
      volumes: {data: {}}
      """;

  private static final int TORN = 512;
  private static final int MS_BIND = 4096;
  private static final int MNT_DETACH = 2;

  private static Checks checks;
  private static Path other;
  private static Path hurt;
  private static Leaks leaks;
  private static List<String> before;

  /// What can happen to a file.
  @FunctionalInterface
  interface Fault {
    void befall(Path file) throws IOException;
  }

  /// Where the files of a kind are, of the project that is to be hurt.
  @FunctionalInterface
  interface Place {
    List<Path> find() throws IOException;
  }

  @BeforeAll
  static void open() throws Exception {
    checks = new Checks("UpAndDown");
    other = project("other", OTHER);
    hurt = project("hurt", HURT);
    checks.project(other).davit("up", "-d").succeeds();
    leaks = Leaks.watch(checks.root(), checks.run());
    before = kept();
  }

  private static Path project(String name, String yaml) throws IOException {
    Path directory = Files.createDirectories(checks.root().resolveSibling(name));
    Files.writeString(directory.resolve("compose.yaml"), yaml);
    return directory;
  }

  @AfterAll
  static void close() throws Exception {
    checks.close();
  }

  /// What the engine keeps, but for what is set aside and what has its own rules.
  private static List<String> kept() throws IOException {
    var kept = new TreeSet<String>();
    for (Path top : List.of(checks.root(), checks.run())) {
      try (Stream<Path> files = Files.walk(top, 3)) {
        files
            .map(path -> top.getFileName() + "/" + top.relativize(path))
            .filter(name -> !name.matches("root/(aside|images|log).*|run/images.*"))
            .forEach(kept::add);
      }
    }
    return List.copyOf(kept);
  }

  private static Map<String, Fault> faults(Path file) throws IOException {
    var faults = new TreeMap<String, Fault>();
    faults.put("missing", Files::delete);
    faults.put("empty", it -> Files.write(it, new byte[0]));
    faults.put("zeros", it -> Files.write(it, new byte[(int) Files.size(it)]));
    faults.put("noise", it -> Files.write(it, noise(300)));
    faults.put("other JSON", it -> Files.writeString(it, "{\"a\":[1,2,{\"b\":null}]}"));
    faults.put("null", it -> Files.writeString(it, "null"));
    faults.put("nulls within", it -> Files.writeString(it, nulls(Files.readString(it))));
    faults.put("that of another", DamageScenario::ofAnother);
    faults.put("directory", DamageScenario::directory);
    faults.put("pipe", DamageScenario::pipe);
    faults.put("link to itself", DamageScenario::loop);
    faults.put("I/O error", DamageScenario::unreadable);
    faults.put("later version", DamageScenario::later);
    IntStream.iterate(TORN, at -> at < size(file), at -> at + TORN)
        .forEach(at -> faults.put("torn at " + at, it -> tear(it, at)));
    return faults;
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(7).nextBytes(bytes);
    return bytes;
  }

  private static String nulls(String json) {
    return json.replaceAll(":(\\{|\\[|\").*$", ":null}");
  }

  private static void ofAnother(Path file) throws IOException {
    Files.writeString(file, Files.readString(file).replaceAll("[0-9a-f]{60}", "0".repeat(60)));
  }

  private static void directory(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectories(file.resolve("with/something"));
  }

  private static void pipe(Path file) throws IOException {
    Files.delete(file);
    run("mkfifo", file.toString());
  }

  private static void loop(Path file) throws IOException {
    Files.delete(file);
    Files.createSymbolicLink(file, file);
  }

  private static void later(Path file) throws IOException {
    Files.writeString(file, "{\"format\":99,\"version\":99,\"new\":true}");
  }

  private static void tear(Path file, int at) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), at));
  }

  // proc_pid_mem(5): where nothing is mapped, and nothing is at 0, read(2) fails with EIO.
  private static void unreadable(Path file) {
    Kernel.mount("/proc/self/mem", file.toString(), null, MS_BIND, null);
  }

  private static void run(String... command) throws IOException {
    try {
      assertEquals(0, new ProcessBuilder(command).start().waitFor());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Place> places() {
    var places = new TreeMap<String, Place>();
    places.put("config.json", () -> List.of(container().resolve("config.json")));
    places.put("state.json", () -> List.of(container().resolve("state.json")));
    places.put("hosts", () -> List.of(container().resolve("hosts")));
    places.put("volume.json", () -> List.of(volume("volume.json")));
    places.put("volume.copy.json", () -> List.of(volume("volume.copy.json")));
    places.put(
        "both of a volume", () -> List.of(volume("volume.json"), volume("volume.copy.json")));
    places.put("network", () -> List.of(network(".json")));
    places.put("copy of network", () -> List.of(network(".copy")));
    places.put("both of a network", () -> List.of(network(".json"), network(".copy")));
    places.put("sandbox", () -> List.of(sandbox()));
    places.put("wish", () -> List.of(checks.root().resolve("projects/hurt.json")));
    return places;
  }

  private static Path volume(String file) {
    return checks.root().resolve("volumes/hurt_data").resolve(file);
  }

  private static Path network(String suffix) {
    return checks.root().resolve("networks/networks").resolve(networkId() + suffix);
  }

  private static String networkId() {
    return checks
        .container("hurt-web-1")
        .sandbox()
        .orElseThrow()
        .endpoints()
        .getFirst()
        .networkId();
  }

  private static Path sandbox() {
    return checks.run().resolve("sandboxes/" + checks.container("hurt-web-1").id() + ".json");
  }

  private static Path container() {
    return checks.root().resolve("containers").resolve(checks.container("hurt-web-1").id());
  }

  @TestFactory
  List<DynamicTest> nobodyElseSuffersAndDownLeavesNothing() throws Exception {
    bringUp();
    var tests = new ArrayList<DynamicTest>();
    for (var kind : places().entrySet()) {
      for (var fault : faults(kind.getValue().find().getFirst()).entrySet()) {
        if (fault.getKey().equals("I/O error") && !kind.getKey().equals("config.json")) {
          continue; // The mount that is the fault can be moved with a directory only.
        }
        tests.add(test(kind, fault, true));
        if (!fault.getKey().startsWith("torn")) {
          tests.add(test(kind, fault, false));
        }
      }
    }
    return tests;
  }

  @Test
  void itIsSaidOnceWhereItIsAndKeptUntilItIsRemoved() throws Exception {
    bringUp();
    Path data = checks.root().resolve("volumes/hurt_data/_data");
    Files.writeString(data.resolve("diary"), "dear me");
    checks.whileDown(
        () -> {
          Files.delete(volume("volume.json"));
          Files.writeString(volume("volume.copy.json"), "{");
        });
    String first = checks.project(other).davit("ps").succeeds().err();
    assertTrue(first.contains("volume \"hurt_data\" could not be used"), first);
    assertTrue(first.contains("its data is kept in"), first);
    assertEquals("", checks.project(hurt).davit("ps").succeeds().err());
    checks.davit("volume", "inspect", "hurt_data").fails("does not exist any more");
    checks.davit("engine", "aside", "ls").succeeds().says("volume.copy.json is torn");
    bringUp();
    String place =
        checks.davit("engine", "aside", "ls", "--format", "{{.Place}}").succeeds().out().strip();
    assertEquals("dear me", Files.readString(Path.of(place, "hurt_data/_data/diary")));
    assertFalse(Files.exists(data.resolve("diary")));
    checks.davit("engine", "aside", "rm", "--all").succeeds();
    assertEquals(List.of(), new Aside(checks.root()).list());
    checks.davit("down", "-v", "-t", "0").succeeds();
    assertEquals(before, kept());
  }

  private static DynamicTest test(
      Map.Entry<String, Place> kind, Map.Entry<String, Fault> fault, boolean down) {
    String name = "%s: %s, then %s".formatted(kind.getKey(), fault.getKey(), down ? "down" : "up");
    return DynamicTest.dynamicTest(name, () -> cell(kind.getValue(), fault.getValue(), down));
  }

  private static void bringUp() throws Exception {
    checks.project(hurt).davit("up", "-d").succeeds();
    for (String name : List.of("hurt-web-1", "hurt-db-1")) {
      checks.awaiting(name, WaitCondition.RUNNING);
    }
    leaks.mark();
  }

  private static void cell(Place place, Fault fault, boolean down) throws Exception {
    bringUp();
    Container neighbour = checks.container("other-web-1");
    List<Path> files = place.find();
    checks.whileDown(
        () -> {
          for (Path file : files) {
            fault.befall(file);
          }
        });
    try {
      checks.awaiting("other-web-1", WaitCondition.RUNNING);
      Container now = checks.container("other-web-1");
      assertEquals(neighbour.state().pid(), now.state().pid(), "the other project was disturbed");
      assertEquals(neighbour.sandbox(), now.sandbox());
      checks.project(hurt).davit("ps", "-a").succeeds();
      if (!down) {
        bringUp();
      }
      checks.davit("down", "-v", "-t", "0").succeeds();
      assertEquals(before, kept());
      release();
      leaks.check();
      assertEquals(List.of("other-web-1"), checks.containers());
    } finally {
      release();
      forgetAside();
    }
  }

  // The fault that is a mount is no leak of the engine.
  private static void release() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      String[] fields = line.split(" ", 6);
      if (fields[3].endsWith("/mem")
          && fields[4].startsWith(checks.root().getParent().toString())) {
        Kernel.umount(fields[4], MNT_DETACH);
      }
    }
  }

  private static void forgetAside() {
    Path aside = checks.root().resolve("aside");
    var kept = new Aside(checks.root());
    kept.list().forEach(entry -> kept.remove(entry.id()));
    assertFalse(Files.isDirectory(aside) && aside.toFile().list().length > 0);
  }
}
