package dev.davit.cli.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.compose.Dependency;
import dev.davit.compose.Dependency.Condition;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.reconcile.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VariablesTest {
  private final Variables variables = new Variables();
  private final List<String> warnings = new ArrayList<>();

  private static Project project(String services) {
    return World.project("services:\n" + services.indent(2));
  }

  private void said(String provider, String name, String value, boolean raw) {
    variables.add(new Variables.Variable(provider, name, value, raw));
  }

  private Service service(Project project, String name) {
    return Objects.requireNonNull(variables.into(project, warnings::add).services().get(name));
  }

  private Map<String, String> environment(Project project) {
    return service(project, "web").command().environment();
  }

  private static final String ON_DB =
      """
      web: {image: davit/host, depends_on: [db], environment: {OWN: mine, DB_URL: mine}}
      other: {image: davit/host}
      db: {provider: {type: cloud}}
      """;

  @Test
  void aVariableIsNamedAfterItsProviderUnlessItIsRaw() {
    said("db", "PORT", "1", false);
    said("db", "REGION", "north", true);
    assertEquals(
        Map.of("OWN", "mine", "DB_URL", "mine", "DB_PORT", "1", "REGION", "north"),
        environment(project(ON_DB)));
    assertEquals(List.of(), warnings);
  }

  @Test
  void onlyARawVariableThatReplacesAnotherIsAWarning() {
    said("db", "URL", "provided", false);
    said("db", "OWN", "provided", true);
    assertEquals(Map.of("OWN", "provided", "DB_URL", "provided"), environment(project(ON_DB)));
    assertEquals(
        List.of("service \"web\": variable \"OWN\" is replaced by that of provider \"db\""),
        warnings);
  }

  @Test
  void whoDoesNotDependOnAProviderHasNothingOfIt() {
    said("db", "URL", "provided", false);
    Service other = service(project(ON_DB), "other");
    assertEquals(Map.of(), other.command().environment());
    assertEquals(
        Set.of("web", "other"), variables.into(project(ON_DB), warnings::add).services().keySet());
  }

  @Test
  void aServiceDependsOnTheContainersOfItsProviders() {
    Project project =
        project(
            """
            web: {image: davit/host, depends_on: [first, own]}
            first: {provider: {type: cloud}, depends_on: [second, own]}
            second:
              provider: {type: cloud}
              depends_on:
                own: {condition: service_healthy}
                far: {condition: service_completed_successfully, required: false, restart: true}
            own: {image: davit/host}
            far: {image: davit/host}
            """);
    assertEquals(
        Map.of(
            "own", new Dependency(Condition.SERVICE_STARTED, false, true),
            "far", new Dependency(Condition.SERVICE_COMPLETED_SUCCESSFULLY, false, false)),
        service(project, "web").dependsOn());
  }
}
