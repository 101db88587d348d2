package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.write.ComposeWriter;
import dev.davit.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever is written at whatever attribute: the file loads and prints, or says what is wrong with
/// a place and in words for people.
class AnyShapeTest {
  private static final Pattern INTERNALS =
      Pattern.compile("java|Exception|null|Scalar|Mapping|Sequence|Optional|@[0-9a-f]+|org\\.yaml");

  private static final List<String> VALUES =
      List.of(
          "",
          "~",
          "true",
          "0",
          "-1",
          "7",
          "1.5",
          "text",
          "\"\"",
          "'7'",
          "a:b",
          "a=b",
          "/a",
          "1s",
          "64m",
          "service:web",
          "service:other",
          "[]",
          "{}",
          "[7]",
          "[text]",
          "[[]]",
          "[{}]",
          "[~]",
          "[\"a=b\"]",
          "[\"/a:/b:ro\"]",
          "['80:80']",
          "{a: b}",
          "{a: ~}",
          "{a: {}}",
          "{a: [b]}",
          "{a: {b: {c: d}}}",
          "99999999999999999999",
          "[99999999999999999999]",
          "${",
          "$$",
          ".inf");

  /// Attributes with their parents; `%` is where the value goes.
  private static List<String> places() {
    var places = new ArrayList<String>();
    List.of("services", "networks", "volumes", "name", "version", "x-a", "configs", "other")
        .forEach(it -> places.add(it + ": %"));
    for (String section : List.of("networks", "volumes")) {
      places.add(section + ": {a: %}");
      keys("name driver driver_opts ipam external internal labels attachable")
          .forEach(it -> places.add(section + ": {a: {" + it + ": %}}"));
    }
    keys("subnet ip_range gateway aux_addresses")
        .forEach(it -> places.add("networks: {a: {ipam: {config: [{" + it + ": %}]}}}"));
    services(places);
    return places;
  }

  private static void services(List<String> places) {
    var fields = new ArrayList<>(((ObjectShape) ServiceShape.SERVICE).fields().keySet());
    fields.addAll(NotYet.SERVICE);
    fields.forEach(it -> places.add(web(it + ": %")));
    keys("condition restart required")
        .forEach(it -> places.add(web("depends_on: {other: {" + it + ": %}}")));
    keys("replicas resources restart_policy placement")
        .forEach(it -> places.add(web("deploy: {" + it + ": %}")));
    keys("cpus memory pids")
        .forEach(it -> places.add(web("deploy: {resources: {limits: {" + it + ": %}}}")));
    keys("condition max_attempts")
        .forEach(it -> places.add(web("deploy: {restart_policy: {" + it + ": %}}")));
    keys("test interval timeout retries start_period disable")
        .forEach(it -> places.add(web("healthcheck: {" + it + ": %}")));
    keys("driver options").forEach(it -> places.add(web("logging: {" + it + ": %}")));
    keys("aliases ipv4_address mac_address interface_name priority")
        .forEach(it -> places.add(web("networks: {default: {" + it + ": %}}")));
    keys("target published host_ip protocol mode")
        .forEach(it -> places.add(web("ports: [{target: 80, " + it + ": %}]")));
    keys("type source target read_only bind volume tmpfs")
        .forEach(it -> places.add(web("volumes: [{type: bind, " + it + ": %}]")));
    keys("path required format").forEach(it -> places.add(web("env_file: [{" + it + ": %}]")));
    keys("soft hard").forEach(it -> places.add(web("ulimits: {nofile: {" + it + ": %}}")));
  }

  private static List<String> keys(String words) {
    return List.of(words.split(" "));
  }

  private static String web(String attribute) {
    return "services: {web: {image: i, "
        + attribute
        + "}, other: {image: i, healthcheck: {test: x}}}";
  }

  @TestFactory
  Stream<DynamicTest> givesAModelOrAMessage() {
    return places().stream()
        .map(place -> DynamicTest.dynamicTest(place, () -> VALUES.forEach(it -> load(place, it))));
  }

  private static void load(String place, String value) {
    String yaml = place.replace("%", value) + "\n";
    boolean whole = yaml.startsWith("services:");
    String text = whole ? yaml : "services: {web: {image: i}}\n" + yaml;
    try {
      LoadResult result = ComposeLoader.load(stdin(text));
      assertFalse(ComposeWriter.yaml(result).isEmpty());
      assertFalse(ComposeWriter.json(result).isEmpty());
    } catch (ComposeFileException e) {
      e.problems().forEach(problem -> check(text, problem));
    } catch (RuntimeException e) {
      throw new AssertionError(text, e);
    }
  }

  private static LoadRequest stdin(String text) {
    return new LoadRequest(
        Path.of("/nowhere/shop"),
        Map.of(),
        List.of("-"),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        () -> text);
  }

  private static void check(String yaml, Problem problem) {
    assertTrue(problem.place() != null, () -> yaml + problem);
    assertFalse(INTERNALS.matcher(problem.message()).find(), () -> yaml + problem.print());
  }
}
