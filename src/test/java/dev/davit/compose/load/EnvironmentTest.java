package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
  private static Map<String, String> environment(Stack stack) {
    return stack.service().command().environment();
  }

  @Test
  void listIsTheMapping() {
    Stack map = Stack.web("environment: {A: one, B: 2, C: true, D: 'x=y', E: ''}");
    Stack list = Stack.web("environment: [A=one, B=2, C=true, D=x=y, E=]");
    assertEquals(Map.of("A", "one", "B", "2", "C", "true", "D", "x=y", "E", ""), environment(map));
    assertEquals(environment(map), environment(list));
  }

  @Test
  void keyWithoutValueIsInheritedOrUnset() {
    Stack stack = Stack.web("environment: [HERE, GONE]").env("HERE", "yes");
    assertEquals(Map.of("HERE", "yes"), environment(stack));
    assertEquals(Set.of("GONE"), stack.service().command().unset());
  }

  /// The label that docker compose 2.40.3 gives the container.
  @Test
  void hashIsThatOfWhatFilesSay() {
    Stack stack =
        Stack.of(
                """
                services:
                  web: {image: "tiny:1", command: /true, env_file: x.env, network_mode: none}
                """)
            .file("x.env", "A=1\nB=$A\n");
    assertEquals(
        "03e7cab17677aef72584986646eb96dff7a845583d5c2d9758f4f68722c0d16c",
        stack.service().configHash().text());
  }

  @Test
  void filesComeFirstAndTheLastOneWins() {
    Stack stack =
        Stack.web(
                """
                environment: {C: own}
                env_file:
                  - a.env
                  - path: b.env
                  - path: none.env
                    required: false
                """)
            .file("a.env", "A=a\nB=a\nC=a\n")
            .file("b.env", "B=b\nD=${C}-${A}\n");
    assertEquals(Map.of("A", "a", "B", "b", "C", "own", "D", "own-a"), environment(stack));
  }

  @Test
  void fileKnowsItsOwnVariablesBeforeThoseOfEarlierFiles() {
    Stack stack =
        Stack.web("env_file: [a.env, b.env]")
            .file("a.env", "A=a\nB=a\n")
            .file("b.env", "A=b\nC=${A}${B}\n");
    assertEquals(Map.of("A", "b", "B", "a", "C", "ba"), environment(stack));
  }

  @Test
  void rawFileKeepsQuotesAndDollars() {
    Stack stack =
        Stack.web("env_file: [{path: r.env, format: raw}]").file("r.env", "A=\"$B\" # c\n");
    assertEquals(Map.of("A", "\"$B\" # c"), environment(stack));
  }

  @Test
  void missingFileOfAnotherServiceIsNoError() {
    Stack stack =
        Stack.of(
            """
            services:
              web:
                image: davit/host
              other:
                image: davit/host
                env_file: missing.env
            """);
    assertEquals("services.other.env_file[0]: file \"missing.env\" not found", stack.error());
    assertEquals(2, stack.selected("web").project().services().size());
  }

  @Test
  void brokenFilesOfOthersDoNotMatter() {
    Stack stack =
        Stack.of(
                """
                services:
                  web: {image: davit/host, env_file: web.env}
                  other: {image: davit/host, env_file: broken.env}
                  profiled: {image: davit/host, env_file: missing.env, profiles: [x]}
                """)
            .file("web.env", "A=1\n")
            .file("broken.env", "A B=1\n");
    assertEquals(Map.of("A", "1"), stack.selected("web").service().command().environment());
    assertEquals(1, stack.problems().size());
  }

  @Test
  void whatEnvironmentFilesSaidAndLostIsKept() {
    LoadResult result =
        Stack.web("env_file: [a.env, b.env]\nenvironment: {A: c}")
            .file("a.env", "A=a\n")
            .file("b.env", "A=b\n")
            .load();
    assertEquals(
        List.of("a", "b"),
        result.candidates().lost("services.web.environment.A").stream()
            .map(it -> it.text().orElseThrow())
            .toList());
  }

  @Test
  void spaceInAKeyIsAnError() {
    assertEquals(
        "services.web.environment[0]: invalid KEY=VALUE \"A =b\"",
        Stack.web("environment: ['A =b']").error());
  }
}
