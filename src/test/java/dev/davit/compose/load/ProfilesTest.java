package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Project;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Profiles: which services take part, and what that means for those that depend on others.
class ProfilesTest {
  private static final String SHOP =
      """
      services:
        web: {image: davit/host, depends_on: [db]}
        db: {image: davit/host}
        debug: {image: davit/host, profiles: [dev, test], depends_on: [seed]}
        seed: {image: davit/host, profiles: [dev]}
      """;

  private static Set<String> enabled(Stack stack) {
    return stack.project().services().keySet();
  }

  @Test
  void servicesWithoutProfilesAlwaysTakePart() {
    Project project = Stack.of(SHOP).project();
    assertEquals(Set.of("web", "db"), project.services().keySet());
    assertEquals(Set.of("debug", "seed"), project.disabledServices().keySet());
  }

  @Test
  void profilesComeFromOptionsElseFromTheEnvironment() {
    Stack stack = Stack.of(SHOP).env("COMPOSE_PROFILES", "other, dev");
    assertEquals(Set.of("web", "db", "debug", "seed"), enabled(stack));
    assertEquals(Set.of("web", "db"), enabled(stack.profiles("else")));
    assertEquals(Set.of("web", "db", "debug", "seed"), enabled(Stack.of(SHOP).profiles("*")));
  }

  @Test
  void aNamedServiceBringsItsProfiles() {
    assertEquals(Set.of("web", "db", "debug", "seed"), enabled(Stack.of(SHOP).selected("debug")));
  }

  @Test
  void aDisabledDependencyIsToldWithWhatEnablesIt() {
    assertEquals(
        """
        compose.yaml:4:66: error[DV0407]: services.debug.depends_on: service "seed" is disabled: \
        its profiles are dev
          4 |   debug: {image: davit/host, profiles: [dev, test], depends_on: [seed]}
            |                                                                  ^^^^
          = help: activate it with --profile dev or COMPOSE_PROFILES=dev, or write required: false \
        in the dependency
        """,
        Stack.of(SHOP).profiles("test").errors());
  }

  @Test
  void whatOtherServicesNeedDoesNotMatterToThoseNamed() {
    Stack stack = Stack.of(SHOP).profiles("test").selected("web");
    assertEquals(Set.of("web", "db", "debug"), enabled(stack));
  }

  @Test
  void oneOfTwoServicesThatExcludeEachOtherRunsAlone() {
    Stack stack =
        Stack.of(
            """
            services:
              a: {image: davit/host, container_name: one, ports: ["80:80"]}
              b: {image: davit/host, container_name: one, ports: ["80:80"]}
            """);
    assertEquals(2, stack.problems().size());
    assertEquals(Set.of("a", "b"), enabled(stack.selected("a")));
  }
}
