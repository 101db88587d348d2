package dev.davit.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSpecTest {
  private static final String FIRST =
      "sha256:1111111111111111111111111111111111111111111111111111111111111111";
  private static final String SECOND =
      "sha256:2222222222222222222222222222222222222222222222222222222222222222";

  @Test
  void whatDockerWritesIsRead() {
    ImageSpec spec =
        parse(
            """
            {"Env":["PATH=/bin","EMPTY="],"Entrypoint":["/e"],"Cmd":["a"],"WorkingDir":"/w",
             "User":"u:g","Volumes":{"/data":{}},"ExposedPorts":{"80/tcp":{}},"StopSignal":"SIGINT",
             "Labels":{"a":"b"},"Shell":["/bin/bash","-c"],"OnBuild":null,
             "Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":5000000000,"Retries":2}}
            """);
    ImageConfig config = spec.config();
    assertEquals(Instant.parse("2026-01-02T03:04:05.678Z"), spec.created());
    assertEquals(List.of("PATH=/bin", "EMPTY="), config.env());
    assertEquals(List.of("/e"), config.entrypoint());
    assertEquals(List.of("/data"), config.volumes());
    assertEquals(List.of("80/tcp"), config.exposedPorts());
    assertEquals("SIGINT", config.stopSignal());
    assertEquals(Map.of("a", "b"), config.labels());
    assertEquals(List.of("/bin/bash", "-c"), config.shell());
    assertEquals(5_000_000_000L, config.healthcheck().orElseThrow().interval());
    assertEquals(true, spec.history().getFirst().emptyLayer());
  }

  @Test
  void chainIdsAreThoseOfTheSpecification() {
    List<Digest> chain = parse("{}").chainIds();
    assertEquals(Digest.parse(FIRST), chain.getFirst());
    assertEquals(Digest.of((FIRST + " " + SECOND).getBytes(UTF_8)), chain.getLast());
  }

  @Test
  void variablesThatCannotBeAreLeftOut() {
    ImageConfig config = parse("{\"Env\":[\"A\",\"=x\",\"B=1\\u0000C=2\",\"D=4\"]}").config();
    assertEquals(List.of("D=4"), config.env());
  }

  @Test
  void pathsAreClean() {
    ImageConfig config =
        parse("{\"Volumes\":{\"/a/../../../etc\":{}},\"WorkingDir\":\"x/../..\"}").config();
    assertEquals(List.of("/etc"), config.volumes());
    assertEquals("/", config.workingDir());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Cmd\":\"a\"}",
        "{\"Cmd\":[\"a\\u0000b\"]}",
        "{\"User\":\"a\\u0000b\"}",
        "{\"Labels\":[]}",
        "{\"Labels\":{\"a\":{}}}",
        "{\"Volumes\":[\"/a\"]}",
        "{\"Env\":{\"A\":\"b\"}}",
        "{\"Healthcheck\":{\"Interval\":\"5s\"}}",
        "{\"Cmd\":[],\"Cmd\":[\"a\"]}"
      })
  void otherShapesAreInvalid(String config) {
    assertThrows(DavitException.class, () -> parse(config));
  }

  private static ImageSpec parse(String config) {
    return ImageSpec.parse(
        """
        {"created":"2026-01-02T03:04:05.678Z","os":"linux","architecture":"amd64","config":%s,
         "rootfs":{"type":"layers","diff_ids":["%s","%s"]},
         "history":[{"created_by":"x","empty_layer":true}],"container_config":{"Cmd":7}}
        """
            .formatted(config, FIRST, SECOND)
            .getBytes(UTF_8));
  }
}
