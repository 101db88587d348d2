package dev.davit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.engine.ContainerConfig.LogConfig;
import dev.davit.error.DavitException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogAttributesTest {
  private static Map<String, String> of(Map<String, String> options) {
    ContainerConfig config =
        ContainerConfig.of("web", "shop/web:1")
            .withLabels(Map.of("tier", "front", "team.a", "x", "team.b", "y"))
            .withCommand(
                ContainerConfig.Command.OF_IMAGE.withEnv(
                    List.of("REGION=north", "APP_KEY=k", "APP_MODE=a=b")))
            .withLog(new LogConfig("json-file", options));
    var definition =
        new Definition(
            "0123456789abcdef",
            config,
            "sha256:fedcba9876543210",
            Instant.EPOCH,
            List.of(),
            Optional.empty());
    return LogAttributes.of(definition, Optional.empty());
  }

  @Test
  void labelsAndVariablesAreThoseThatAreNamedOrFound() {
    assertEquals(Map.of(), of(Map.of("max-size", "1m")));
    assertEquals(Map.of("tier", "front"), of(Map.of("labels", "tier,none")));
    assertEquals(Map.of("team.a", "x", "team.b", "y"), of(Map.of("labels-regex", "^team")));
    assertEquals(
        Map.of("REGION", "north", "APP_MODE", "a=b"),
        of(Map.of("env", "REGION", "env-regex", "MODE$")));
  }

  @Test
  void tagIsATemplate() {
    assertEquals(
        Map.of("tag", "shop/web:1/web/0123456789ab fedcba987654"),
        of(Map.of("tag", "{{.ImageName}}/{{.Name}}/{{.ID}} {{.ImageID}}")));
    assertEquals(Map.of(), of(Map.of("tag", "")));
  }

  @Test
  void whatIsNoTemplateOrExpressionIsRefused() {
    var tag = assertThrows(DavitException.class, () -> of(Map.of("tag", "{{.Nme}}")));
    assertTrue(tag.getMessage().startsWith("log option tag \"{{.Nme}}\": "), tag.getMessage());
    var regex = assertThrows(DavitException.class, () -> of(Map.of("env-regex", "(")));
    assertTrue(regex.getMessage().startsWith("log option env-regex \"(\": "), regex.getMessage());
  }
}
