package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `!reset` and `!override` in files that lie over others.
class ResetTest {
  private static Stack two(String base, String over) {
    return Stack.web(base).file("compose.override.yaml", "services:\n  web:\n" + over.indent(4));
  }

  @Test
  void resetTakesAwayWhateverItsValue() {
    Service web =
        two(
                "command: a\nports: ['80:80']\nenvironment: [A=1, B=2]\nuser: a",
                "command: !reset\nports: !reset []\nenvironment: {A: !reset null}\nuser: !reset x")
            .service();
    assertEquals(Optional.empty(), web.command().arguments());
    assertEquals(List.of(), web.networking().ports());
    assertEquals(Map.of("B", "2"), web.command().environment());
    assertEquals(Optional.empty(), web.command().user());
  }

  @Test
  void overrideIsNotMerged() {
    Service web =
        two(
                "ports: ['80:80', '81:81']\nenvironment: {A: 1, B: 2}",
                "ports: !override ['82:82']\nenvironment: !override {C: 3}")
            .service();
    assertEquals(1, web.networking().ports().size());
    assertEquals(Map.of("C", "3"), web.command().environment());
  }

  @Test
  void overrideWithoutValueTakesAway() {
    assertEquals(
        Optional.empty(), two("command: a", "command: !override").service().command().arguments());
  }

  @Test
  void overrideOfAScalarIsText() {
    assertEquals(
        Optional.of("1000"), two("user: a", "user: !override 1000").service().command().user());
  }

  @Test
  void resetRemovesServicesAndResources() {
    Stack stack =
        Stack.of(
                "services: {web: {image: a}, db: {image: b, volumes: ['data:/d']}}\nvolumes: {data: }")
            .file("compose.override.yaml", "services: {db: !reset null}\nvolumes: !reset {}");
    assertEquals(List.of("web"), List.copyOf(stack.project().services().keySet()));
    assertEquals(Map.of(), stack.project().volumes());
  }

  @Test
  void tagsComeThroughAnchorsAndMergeKeys() {
    Stack stack =
        Stack.web("ports: ['80:80']\ncommand: a\nlabels: {a: b}")
            .file(
                "compose.override.yaml",
                """
                x-none: &none !reset []
                x-web: &web
                  command: !override b
                  labels: !reset {}
                services:
                  web:
                    <<: *web
                    ports: *none
                """);
    Service web = stack.service();
    assertEquals(List.of(), web.networking().ports());
    assertEquals(Optional.of(List.of("b")), web.command().arguments());
    assertEquals(Map.of(), web.labels());
  }

  @Test
  void tagsOfTheFirstFileTakeNothingAway() {
    Service web = Stack.web("ports: !reset ['80:80']\ncommand: !override a").service();
    assertEquals(List.of(), web.networking().ports());
    assertEquals(Optional.of(List.of("a")), web.command().arguments());
  }

  @Test
  void tagsInsideListsAreWarnedOf() {
    Stack stack = two("ports: ['80:80']", "ports: [!reset '80:80', '81:81']");
    assertEquals(2, stack.service().networking().ports().size());
    assertEquals(
        """
        compose.override.yaml:3:13: warning[DV0302]: services.web.ports[0]: tag !reset has no \
        effect inside a list
          3 |     ports: [!reset '80:80', '81:81']
            |             ^^^^^^^^^^^^^^
          = help: give the list itself the tag !override, and write all of its items
        """,
        stack.warnings());
  }

  @Test
  void unknownTagsAreWarnedOf() {
    assertEquals(
        """
        compose.override.yaml:3:11: warning[DV0302]: services.web.user: unknown tag "!rest" is \
        ignored
          3 |     user: !rest b
            |           ^^^^^^^
          = help: did you mean "!reset"?
        """,
        two("user: a", "user: !rest b").warnings());
  }

  @Test
  void candidatesAreKept() {
    LoadResult result =
        Stack.web("user: a\nlabels: {a: b}")
            .file("b.yaml", "services: {web: {user: b, labels: !reset {}}}")
            .file("c.yaml", "services: {web: {user: c}}")
            .named("compose.yaml", "b.yaml", "c.yaml")
            .load();
    assertEquals("[compose.yaml:4:11 a, b.yaml:1:24 b]", lost(result, "services.web.user"));
    assertEquals("[compose.yaml:5:17 b, b.yaml:1:35 -]", lost(result, "services.web.labels.a"));
    assertEquals("[compose.yaml:5:5 {a: b}, b.yaml:1:35 -]", lost(result, "services.web.labels"));
    assertEquals("[]", lost(result, "services.web.image"));
  }

  private static String lost(LoadResult result, String path) {
    return result.candidates().lost(path).stream()
        .map(it -> it.place() + " " + it.text().orElse("-"))
        .toList()
        .toString();
  }
}
