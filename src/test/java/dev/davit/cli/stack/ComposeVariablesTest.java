package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.cli.Catalogue;
import dev.davit.cli.Session;
import dev.davit.cli.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.shell.core.command.annotation.Command;

/// Every `COMPOSE_` variable counts in the caller's environment, in `.env` and in an `--env-file`,
/// or it is said that it does not. `DiscoveryTest` has those of the model, `UpScenario` those about
/// orphans and operations.
class ComposeVariablesTest {
  private static final String PROFILES =
      "name: ${NAME:-shop}\nservices: {web: {image: i}, debug: {image: j, profiles: [dev]}}\n";

  @TempDir Path directory;

  static final class Commands {
    @Command(name = "show")
    void show(Session session) {
      var globals = session.globals();
      session.print(globals.progress() + " " + globals.ansi());
    }

    @Command(name = "stdout")
    void stdout(Session session) {
      session.print(session.isOn("COMPOSE_STATUS_STDOUT") + " " + session.isOn("COMPOSE_MENU"));
    }
  }

  private static final Catalogue CATALOGUE =
      Catalogue.of(List.of(new Commands(), new ConfigCommand()), Map.of());

  @BeforeEach
  void project() throws IOException {
    write("compose.yaml", PROFILES);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private TestSession run(Map<String, String> env, String... words) {
    TestSession session = TestSession.in(directory, env);
    session.run(CATALOGUE, words);
    return session;
  }

  private String out(Map<String, String> env, String... words) {
    return run(env, words).out().strip();
  }

  @Test
  void progressAndAnsiAlsoFromFiles() throws IOException {
    assertEquals("auto auto", out(Map.of(), "show"));
    write(".env", "COMPOSE_PROGRESS=plain\nCOMPOSE_ANSI=never\n");
    write("other.env", "COMPOSE_PROGRESS=json\n");
    assertEquals("plain never", out(Map.of(), "show"));
    assertEquals("json auto", out(Map.of(), "--env-file", "other.env", "show"));
    assertEquals("tty never", out(Map.of("COMPOSE_PROGRESS", "tty"), "show"));
    assertEquals("auto never", out(Map.of(), "--progress", "auto", "show"));
    assertEquals("auto auto", out(Map.of("COMPOSE_DISABLE_ENV_FILE", "true"), "show"));
  }

  @Test
  void wrongWordInAFileIsAnError() throws IOException {
    write(".env", "COMPOSE_PROGRESS=fancy\n");
    TestSession session = run(Map.of(), "show");
    assertEquals("", session.out());
    assertTrue(session.err().contains("COMPOSE_PROGRESS"), session.err());
  }

  @Test
  void fileThatCannotBeReadSaysNothing() {
    assertEquals("auto auto", out(Map.of(), "--env-file", "none.env", "show"));
  }

  @Test
  void flagsOfOutput() throws IOException {
    write(".env", "COMPOSE_STATUS_STDOUT=1\nCOMPOSE_MENU=true\n");
    assertEquals("true true", out(Map.of(), "stdout"));
    assertEquals("false true", out(Map.of("COMPOSE_STATUS_STDOUT", "0"), "stdout"));
  }

  @Test
  void namesFilesProfilesAndSeparator() throws IOException {
    write("a.yaml", "services: {a: {image: i}}");
    write("b.yaml", "services: {b: {image: i}}");
    assertEquals("web", out(Map.of(), "config", "--services"));
    write(".env", "COMPOSE_PROFILES=dev\nCOMPOSE_PROJECT_NAME=cart\n");
    assertEquals("debug\nweb", out(Map.of(), "config", "--services"));
    assertEquals("name: cart", out(Map.of(), "config").lines().findFirst().orElseThrow());
    write(".env", "COMPOSE_FILE=a.yaml,b.yaml\nCOMPOSE_PATH_SEPARATOR=,\n");
    assertEquals("a\nb", out(Map.of(), "config", "--services"));
    write("files.env", "COMPOSE_FILE=b.yaml\n");
    assertEquals("b", out(Map.of("COMPOSE_ENV_FILES", "files.env"), "config", "--services"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COMPOSE_CONVERT_WINDOWS_PATHS",
        "COMPOSE_EXPERIMENTAL",
        "COMPOSE_EXPERIMENTAL_GIT_REMOTE",
        "COMPOSE_EXPERIMENTAL_OCI_REMOTE",
        "COMPOSE_EXPERIMENTAL_WATCH_TAR"
      })
  void othersAreTold(String variable) throws IOException {
    assertEquals("", run(Map.of(), "config").err());
    assertTrue(run(Map.of(variable, "1"), "config").err().startsWith("environment: warning"));
    write(".env", variable + "=true\n");
    String said = run(Map.of(), "config").err();
    assertTrue(said.startsWith(".env:1:"), said);
    assertTrue(said.contains("variable \"" + variable + "\""), said);
    assertEquals("", run(Map.of(variable, "false"), "config").err());
  }
}
