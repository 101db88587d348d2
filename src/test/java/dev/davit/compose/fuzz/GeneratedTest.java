package dev.davit.compose.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Short syntaxes of parts that fit and parts that do not, and projects of several files that lie
/// over, include and extend each other: what loads prints and loads again as the same, and what
/// does not is said to a person. The same each time; `-Dfuzz.rounds=1000` tries more,
/// `-Dfuzz.seed=7` others.
class GeneratedTest {
  private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);
  private static final int SEED = Integer.getInteger("fuzz.seed", 0);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  /// Where a text goes.
  private static final List<String> PLACES =
      List.of(
          "ports: [%]",
          "expose: [%]",
          "volumes: [%]",
          "tmpfs: [%]",
          "devices: [%]",
          "device_cgroup_rules: [%]",
          "environment: [%]",
          "labels: [%]",
          "sysctls: [%]",
          "env_file: %",
          "depends_on: [%]",
          "links: [%]",
          "volumes_from: [%]",
          "network_mode: %",
          "networks: [%]",
          "secrets: [%]",
          "extra_hosts: [%]",
          "dns: %",
          "ulimits: {nofile: %}",
          "stop_grace_period: %",
          "healthcheck: {test: %, interval: %}",
          "mem_limit: %",
          "shm_size: %",
          "cpus: %",
          "cpuset: %",
          "command: %",
          "restart: %",
          "pull_policy: %",
          "user: %",
          "cap_add: [%]",
          "security_opt: [%]",
          "build: {context: %, ssh: [%], additional_contexts: [%]}",
          "blkio_config: {weight_device: [{path: /dev/a, weight: %}]}",
          "deploy: {resources: {limits: {memory: %, cpus: %}}}");

  private static final List<String> PARTS =
      List.of(
          ":",
          ":",
          ":",
          "=",
          "/",
          ",",
          "-",
          ".",
          " ",
          "[",
          "]",
          "::1",
          "80",
          "8080-8090",
          "65536",
          "-1",
          "0",
          "1.5",
          "127.0.0.1",
          "10.0.0.0/8",
          "tcp",
          "udp",
          "ro",
          "rw",
          "z",
          "nocopy",
          "rslave",
          "size",
          "mode",
          "k",
          "data",
          "other",
          "service",
          "container",
          "host",
          "/a",
          "./a",
          "~/a",
          "..",
          "/dev/a",
          "rwm",
          "c 1:3",
          "a",
          "A",
          "NET_ADMIN",
          "host-gateway",
          "1s",
          "1m30s",
          "64m",
          "1e3",
          "0x10",
          "99999999999999999999",
          "on-failure",
          "no",
          "daily",
          "every_1d",
          "'",
          "\"",
          "\\",
          "${",
          "${A:-b}",
          "$$",
          "$",
          "é",
          "\u0001",
          "\ud83d\ude00");

  /// Parts of services, each of which is right on its own.
  private static final List<String> ATTRIBUTES =
      List.of(
          "ports: ['80%:80']",
          "ports: !override [{target: 8%}]",
          "ports: !reset []",
          "environment: {A: '%', B: }",
          "environment: [A=%, C]",
          "environment: !reset {A: }",
          "volumes: ['data:/v%', './a:/v1:ro']",
          "volumes: [{type: tmpfs, target: /v%}]",
          "depends_on: [s%]",
          "depends_on: {s%: {condition: service_started, required: false}}",
          "command: [a, '%']",
          "command: !override b",
          "labels: [l%=1]",
          "labels: {l1: '%'}",
          "networks: [n%]",
          "networks: {n1: {aliases: [a%]}}",
          "extends: s%",
          "extends: {service: s%, file: third.yaml}",
          "extends: {service: s%, file: compose.yaml}",
          "profiles: [p%]",
          "ulimits: {nofile: {soft: %, hard: 9}}",
          "ulimits: {nofile: %}",
          "extra_hosts: ['h%:10.0.0.%']",
          "healthcheck: {test: a, interval: %s}",
          "deploy: {resources: {limits: {memory: 6%m}}}",
          "build: {context: ./%, args: [A=%]}",
          "network_mode: service:s%",
          "x-any: {a: [%]}");

  private static final List<String> TOP =
      List.of(
          "volumes: {data: {driver_opts: {o: '%'}}}",
          "volumes: {data: }",
          "networks: {n1: , n2: {internal: true}}",
          "networks: !reset {n1: }",
          "include: [third.yaml]",
          "include: [{path: [third.yaml, over.yaml], project_directory: d%}]",
          "name: shop%");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> shortSyntaxes() {
    return IntStream.range(0, PLACES.size())
        .mapToObj(i -> DynamicTest.dynamicTest(PLACES.get(i), () -> texts(i)));
  }

  private void texts(int place) {
    var random = new Random(1_000_003L * SEED + place);
    for (int round = 0; round < 12 * ROUNDS; round++) {
      String attribute = PLACES.get(place);
      while (attribute.contains("%")) {
        attribute = attribute.replaceFirst("%", Matcher.quoteReplacement(quoted(text(random))));
      }
      String file =
          "services:\n  other: {image: i}\n  web:\n    image: i\n    "
              + attribute
              + "\nvolumes: {data: }\n";
      run("t" + place, Map.of("compose.yaml", file), List.of("compose.yaml"));
    }
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (int parts = 1 + random.nextInt(6); parts > 0; parts--) {
      text.append(one(PARTS, random));
    }
    return text.toString().replace("%", "");
  }

  /// In quotes of YAML; `$` stays as it is, and so may be a variable.
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0001", "\\x01") + '"';
  }

  @TestFactory
  Stream<DynamicTest> severalFiles() {
    return IntStream.range(0, 8).mapToObj(i -> DynamicTest.dynamicTest("set " + i, () -> files(i)));
  }

  private void files(int set) {
    var random = new Random(7_000_003L * SEED + set);
    int loaded = 0;
    for (int round = 0; round < 25 * ROUNDS; round++) {
      var files =
          Map.of(
              "compose.yaml", file(random),
              "over.yaml", file(random),
              "third.yaml", file(random));
      loaded += run("f" + set, files, List.of("compose.yaml", "over.yaml")) ? 1 : 0;
    }
    Assertions.assertTrue(loaded > 0, "none of them is right, which tests little");
  }

  private static String file(Random random) {
    var file = new StringBuilder("services:\n");
    for (String name : List.of("s1", "s2", "s3")) {
      if (random.nextInt(4) > 0) {
        file.append("  ").append(name).append(":\n    image: i\n");
        some(ATTRIBUTES, random).forEach(it -> file.append("    ").append(it).append('\n'));
      }
    }
    file.append("  s0: {image: i}\n");
    some(TOP, random).forEach(it -> file.append(it).append('\n'));
    return file.toString();
  }

  /// Up to four, of each attribute one.
  private static List<String> some(List<String> all, Random random) {
    var some = new ArrayList<String>();
    for (int i = random.nextInt(5); i > 0; i--) {
      String next = one(all, random);
      String key = next.substring(0, next.indexOf(':') + 1);
      if (some.stream().noneMatch(it -> it.startsWith(key))) {
        some.add(next.replace("%", "" + random.nextInt(4)));
      }
    }
    return some;
  }

  private static String one(List<String> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean run(String name, Map<String, String> files, List<String> named) {
    var sample = new Sample(name, "compose.yaml", files);
    Path project = directory.resolve(name);
    Trial.write(project, sample);
    var trial = new Trial(project, named, Map.of("HOME", "/root", "A", "va"));
    try {
      return Assertions.assertTimeoutPreemptively(LONGEST, trial::run);
    } catch (Throwable e) {
      throw new AssertionError(e.getMessage() + "\n" + sample, e);
    }
  }
}
