package dev.davit.cli.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cli.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigTest {
  @TempDir Path directory;

  private String format(Map<String, String> env, String given) {
    return DockerConfig.format(TestSession.in(directory, env).session(), given, "psFormat");
  }

  @Test
  void whoHasNoConfigHasNoFormat() {
    assertEquals("", format(Map.of(), ""));
    assertEquals("", format(Map.of("HOME", directory.resolve("foreign").toString()), ""));
    assertEquals("", format(Map.of("HOME", directory.toString(), "DOCKER_CONFIG", ""), ""));
  }

  @Test
  void theConfigOfHomeSaysTheFormatUntilOneIsGiven() throws IOException {
    Files.createDirectories(directory.resolve(".docker"));
    Files.writeString(directory.resolve(".docker/config.json"), "{\"psFormat\": \"{{.Name}}\"}");
    Map<String, String> env = Map.of("HOME", directory.toString());

    assertEquals("{{.Name}}", format(env, ""));
    assertEquals("json", format(env, "json"));
  }

  @Test
  void aConfigThatIsTornIsAWarningOnly() throws IOException {
    Files.writeString(directory.resolve("config.json"), "{\"psFormat\": ");
    TestSession session = TestSession.in(directory, Map.of("DOCKER_CONFIG", directory.toString()));

    assertEquals("", DockerConfig.format(session.session(), "", "psFormat"));
    assertTrue(session.err().contains("config.json\" is not read"), session.err());
  }
}
