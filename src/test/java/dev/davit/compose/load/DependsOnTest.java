package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Dependency;
import dev.davit.compose.Dependency.Condition;
import dev.davit.compose.Project;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DependsOnTest {
  private static Stack stack(String dependsOn) {
    return Stack.of(
        Stack.web("depends_on: " + dependsOn).files().get("compose.yaml")
            + "  db: {image: davit/host}\n  debug: {image: davit/host, profiles: [dev]}\n");
  }

  private static Map<String, Dependency> dependencies(String dependsOn) {
    return stack(dependsOn).service().dependsOn();
  }

  @Test
  void listIsTheMapping() {
    var started = Map.of("db", new Dependency(Condition.SERVICE_STARTED, false, true));
    assertEquals(started, dependencies("[db]"));
    assertEquals(started, dependencies("{db: {condition: service_started}}"));
  }

  @Test
  void longFormHasEverything() {
    assertEquals(
        Map.of("db", new Dependency(Condition.SERVICE_HEALTHY, true, false)),
        dependencies("{db: {condition: service_healthy, restart: true, required: false}}"));
  }

  @Test
  void disabledOneMayBeOptional() {
    Project project = stack("{debug: {condition: service_started, required: false}}").project();
    assertEquals(java.util.Set.of("debug"), project.disabledServices().keySet());
  }

  @Test
  void conditionMustBeKnown() {
    assertEquals(
        "services.web.depends_on.db.condition: invalid condition \"service_healty\"",
        stack("{db: {condition: service_healty}}").error());
    assertEquals(
        "services.web.depends_on.db: attribute \"condition\" is missing",
        stack("{db: {}}").error());
  }

  @Test
  void undefinedOneIsAnErrorEvenWhereItMayBeMissing() {
    assertEquals(
        "services.web.depends_on: undefined service \"cache\"",
        stack("{cache: {condition: service_started, required: false}}").error());
  }

  @Test
  void healthOfAServiceWithoutCheckIsUpToItsImage() {
    Stack healthy = stack("{db: {condition: service_healthy}}");
    assertEquals(
        "services.web.depends_on: service \"db\" has no health check here: unless its image has one,"
            + " it never becomes healthy",
        healthy.warning());
    String off =
        healthy
            .files()
            .get("compose.yaml")
            .replace("  db: {", "  db: {healthcheck: {disable: true}, ");
    assertEquals(
        "services.web.depends_on: service \"db\" has its health check switched off and never becomes"
            + " healthy",
        Stack.of(off).error());
  }

  @Test
  void ofItselfIsACycle() {
    assertEquals("services.web.depends_on: dependency cycle web -> web", stack("[web]").error());
  }
}
