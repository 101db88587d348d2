package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.compose.Project;
import dev.davit.error.DavitException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which files are loaded, what the project is called, who takes part.
class DiscoveryTest {
  private static final String WEB = "services: {web: {image: i}}\n";

  private static List<String> files(Stack stack) {
    return stack.project().composeFiles().stream().map(it -> it.getFileName().toString()).toList();
  }

  private static Stack empty() {
    Stack stack = Stack.of("");
    return new Stack(Map.of(), stack.env(), stack.named(), stack.profiles(), stack.selected());
  }

  @Test
  void composeYamlComesFirstWithItsOverride() {
    Stack stack = Stack.of(WEB).file("docker-compose.yml", WEB).file("compose.override.yml", WEB);
    assertEquals(List.of("compose.yaml", "compose.override.yml"), files(stack));
  }

  @Test
  void variableNamesFilesAlsoFromDotEnv() {
    Stack stack = Stack.of("broken").file("a.yaml", WEB).file("b.yaml", WEB);
    assertEquals(List.of("a.yaml", "b.yaml"), files(stack.env("COMPOSE_FILE", "a.yaml:b.yaml")));
    assertEquals(List.of("b.yaml"), files(stack.file(".env", "COMPOSE_FILE=b.yaml\n")));
  }

  @Test
  void stdin() {
    assertEquals("shop", empty().file("stdin", WEB).named("-").project().name());
  }

  @Test
  void noFileSaysWhatWasLookedFor() {
    DavitException none = assertThrows(DavitException.class, empty()::load);
    assertEquals(true, none.action().orElse("").contains("compose.yaml, compose.yml"));
    assertThrows(DavitException.class, Stack.of(WEB).named("nowhere.yaml")::load);
  }

  @Test
  void selectedServiceMustExist() {
    DavitException none = assertThrows(DavitException.class, Stack.of(WEB).selected("wbe")::load);
    assertEquals("no such service: \"wbe\"", none.getMessage());
    assertEquals("did you mean \"web\"?", none.action().orElseThrow());
  }

  @Test
  void projectNames() {
    assertEquals("shop", Stack.of(WEB).project().name());
    assertEquals("cart", Stack.of("name: c${X}\n" + WEB).env("X", "art").project().name());
    assertEquals(
        "other",
        Stack.of("name: cart\n" + WEB).env("COMPOSE_PROJECT_NAME", "other").project().name());
    Stack mixed = Stack.of("name: My Cart!\n" + WEB);
    assertEquals("mycart", mixed.project().name());
    assertEquals("name: project name \"My Cart!\" is read as \"mycart\"", mixed.warning());
    assertEquals("name: invalid project name \"!\"", Stack.of("name: '!'\n" + WEB).error());
  }

  @Test
  void profiles() {
    Stack stack =
        Stack.of(
            """
            services:
              web: {image: i}
              debug: {image: i, profiles: [dev, test]}
            """);
    assertEquals(Set.of("web"), stack.project().services().keySet());
    assertEquals(Set.of("debug"), stack.project().disabledServices().keySet());
    var both = Set.of("web", "debug");
    assertEquals(both, stack.profiles("test").project().services().keySet());
    assertEquals(both, stack.profiles("*").project().services().keySet());
    assertEquals(both, stack.env("COMPOSE_PROFILES", "a,dev").project().services().keySet());
    assertEquals(both, stack.selected("debug").project().services().keySet());
  }

  @Test
  void emptyProfileIsActiveUnlessOthersAre() {
    Stack stack = Stack.web("profiles: ['${NONE:-}']");
    assertEquals(Set.of("web"), stack.project().services().keySet());
    assertEquals(Set.of(), stack.profiles("dev").project().services().keySet());
    assertEquals(Set.of(), stack.env("COMPOSE_PROFILES", "dev").project().services().keySet());
  }

  @Test
  void projectWithoutServicesLoads() {
    Stack stack = Stack.of("volumes: {data: }\n");
    assertEquals(Set.of(), stack.project().services().keySet());
    assertEquals(": no services", stack.warning());
  }

  @Test
  void modelKnowsItsPlaces() {
    Project project =
        Stack.of("services:\n  web:\n    image: i\n    ports:\n      - 80\n").project();
    assertEquals(
        "compose.yaml:5:9", project.place("services.web.ports[0]").orElseThrow().toString());
    assertEquals(
        "compose.yaml:5:9", project.place("services.web.ports[0].target").orElseThrow().toString());
    assertEquals(
        "      - 80",
        project.excerpt(project.place("services.web.ports[0]").orElseThrow()).orElseThrow());
  }

  @Test
  void compatibilityAndPlatformAreVariablesToo() {
    Stack stack = Stack.of(WEB);
    assertEquals("-", stack.project().separator());
    assertEquals("_", stack.env("COMPOSE_COMPATIBILITY", "1").project().separator());
    assertEquals("_", stack.file(".env", "COMPOSE_COMPATIBILITY=true\n").project().separator());
    Stack other = stack.file(".env", "DOCKER_DEFAULT_PLATFORM=linux/arm64\n");
    assertEquals("linux/arm64", other.service().source().platform().orElseThrow());
    Stack own = Stack.web("platform: linux/amd64").env("DOCKER_DEFAULT_PLATFORM", "linux/arm64");
    assertEquals("linux/amd64", own.service().source().platform().orElseThrow());
  }

  @Test
  void versionIsObsolete() {
    assertEquals(1, Stack.of("version: '3'\n" + WEB).load().warnings().size());
  }
}
