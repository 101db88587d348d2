package dev.davit.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DesiredTest {
  private static final String STACK =
      """
      services:
        web:
          image: davit/host
          depends_on: {db: {condition: service_healthy, restart: true, required: false}}
        db: {image: davit/host}
      """;

  private final World world = new World();

  private Desired wish(String yaml) {
    return world.up(yaml).plan(yaml).desired().orElseThrow();
  }

  @Test
  void whatIsKeptIsReadAgainAsItWas() {
    Desired wish = wish(STACK);
    assertEquals(wish, Desired.parse(wish.toJson()));
    assertEquals(
        "Dependency[condition=SERVICE_HEALTHY, restart=true, required=false]",
        "" + wish.services().get("web").needs().get("db"));
  }

  @Test
  void noValueOfTheModelIsKept() {
    Desired wish =
        wish(
            """
            services:
              web:
                image: davit/host
                command: [serve, --password=canary]
                environment: {PASSWORD: canary}
                labels: {password: canary}
                healthcheck: {test: [CMD, ask, canary]}
                post_start: [{command: [tell, canary], environment: {PASSWORD: canary}}]
                configs: [settings]
                depends_on: [db]
              db: {image: davit/host, command: canary}
            configs: {settings: {content: canary}}
            """);
    String kept = new String(wish.toJson(), UTF_8);
    assertFalse(kept.contains("canary"), kept);
  }

  @Test
  void aServiceThatIsNotSpokenOfIsKeptAsLongAsItHasContainers() {
    world.up(STACK);
    String other = "services: {other: {image: davit/host}}";
    assertEquals(Set.of("web", "db", "other"), wish(other).services().keySet());
    world.containers.removeIf(container -> !Labels.service(container).equals("other"));
    assertEquals(Set.of("other"), wish(other).services().keySet());
  }

  @Test
  void whatIsTornOrOfAnotherVersionIsRefused() {
    String whole = new String(wish(STACK).toJson(), UTF_8);
    for (String bad :
        List.of(
            "",
            "{}",
            "null",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"version\":1", "\"version\":2"),
            whole.replace("SERVICE_HEALTHY", "WHATEVER"))) {
      assertThrows(IllegalArgumentException.class, () -> Desired.parse(bad.getBytes(UTF_8)), bad);
    }
  }
}
