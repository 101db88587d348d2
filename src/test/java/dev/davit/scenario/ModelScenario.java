package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files and variables must be found where a user puts them, and mean to the containers what they
/// mean to `config`.
@Kernel
@Timeout(120)
class ModelScenario {
  private static final String PROFILED =
      """
      name: found
      services:
        main: {image: davit/host, init: true, command: sleep 1000}
        extra: {image: davit/host, init: true, command: sleep 1000, profiles: [more]}
        never: {image: davit/host, init: true, command: sleep 1000, profiles: [other]}
      """;

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
    checks.file("services: {}\n");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private void write(String file, String text) throws IOException {
    Path path = checks.project().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String printed(String service) {
    return checks.davit("run", "--rm", "-q", service).succeeds().out();
  }

  @Test
  @Intent("[compose] ComposeFileSetByDotEnv")
  void theDotEnvMayNameTheFileAndTheProfiles() throws Exception {
    write("elsewhere/stack.yaml", PROFILED);
    write(".env", "COMPOSE_FILE=elsewhere/stack.yaml\nCOMPOSE_PROFILES=more\n");
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("found-extra-1", "found-main-1"), checks.containers());
    checks.davit("down").succeeds();
    assertEquals(List.of(), checks.containers());
  }

  @Test
  @Intent("[compose] ComposeFileSetByEnvFile")
  void anEnvironmentFileMayNameTheFileAndTheProfiles() throws Exception {
    write("elsewhere/stack.yaml", PROFILED);
    write("mine.env", "COMPOSE_FILE=elsewhere/stack.yaml\nCOMPOSE_PROFILES=more\n");
    checks.davit("--env-file", "mine.env", "up", "-d").succeeds();
    assertEquals(List.of("found-extra-1", "found-main-1"), checks.containers());
  }

  @Test
  @Intent("[compose] ComposeFileSetByProjectDirectory")
  void theProjectDirectorySaysWhereTheFileIs() throws Exception {
    write("elsewhere/compose.yaml", PROFILED);
    checks.davit("--project-directory", "elsewhere", "up", "-d").succeeds();
    assertEquals(List.of("found-main-1"), checks.containers());
  }

  @Test
  @Intent("[compose] DownComposefileInParentFolder")
  void theFileMayBeInADirectoryAboveAndDownNeedsOnlyTheName() throws Exception {
    checks.file(PROFILED);
    Path below = Files.createDirectories(checks.project().resolve("a/b"));
    checks.project(below);
    checks.davit("up", "-d").succeeds();
    assertEquals(List.of("found-main-1"), checks.containers());
    checks.davit("-p", "found", "down").succeeds();
    assertEquals(List.of(), checks.containers());
    assertEquals(List.of(), checks.networkNames());
  }

  @Test
  @Intent("[compose] NestedDotEnv")
  void theDotEnvOfTheCallersDirectoryWinsOverThatOfTheProject() throws Exception {
    checks.file(
        "services: {a: {image: davit/host, command: [echo, \"${BOTH} ${HERE} ${ABOVE}\"]}}\n");
    write(".env", "BOTH=above\nABOVE=above\n");
    write("below/.env", "BOTH=here\nHERE=here\n");
    checks.project(checks.project().resolve("below"));
    assertEquals("here here above\n", printed("a"));
  }

  @Test
  @Intent("[compose_environment] EnvInterpolation")
  @Intent("[compose_environment] EnvInterpolationDefaultValue")
  void theCallersVariableWinsOverTheDotEnvWhichWinsOverTheDefault() throws Exception {
    checks.file("services: {a: {image: davit/host, command: [echo, \"${WHO:-default}\"]}}\n");
    assertEquals("default\n", printed("a"));
    write(".env", "WHO=file\n");
    assertEquals("file\n", printed("a"));
    assertEquals(
        "caller\n",
        checks.davit(Map.of("WHO", "caller"), "run", "--rm", "-q", "a").succeeds().out());
  }

  @Test
  @Intent("[compose_environment] CommentsInEnvFile")
  void aHashBeginsACommentUnlessItIsQuoted() throws Exception {
    String comments = "PLAIN=word # comment\nQUOTED='word # text'\nINSIDE=word#text\n";
    write(".env", comments);
    write("service.env", comments.replaceAll("(?m)^", "S_"));
    checks.file(
        """
        services:
          a:
            image: davit/host
            env_file: service.env
            environment: [PLAIN, QUOTED, INSIDE]
            command: [sh, -c, 'echo "$$PLAIN|$$QUOTED|$$INSIDE|$$S_PLAIN|$$S_QUOTED|$$S_INSIDE"']
        """);
    String values = "word|word # text|word#text";
    assertEquals(values + "|" + values + "\n", printed("a"));
  }

  @Test
  @Intent("[env_file] RawEnvFile")
  void aRawFileReachesTheContainerAsItIsWritten() throws Exception {
    write("raw.env", "A='$HOME' # all of it\n");
    checks.file(
        """
        services:
          a:
            image: davit/host
            env_file: [{path: raw.env, format: raw}]
            command: [sh, -c, 'echo "$$A"']
        """);
    assertEquals("'$HOME' # all of it\n", printed("a"));
  }

  @Test
  @Intent("[env_file] RunEnvFile")
  void theFilesOfAServiceAreBesideTheProjectNotTheCaller() throws Exception {
    write("service.env", "A=of the project\n");
    write("below/service.env", "A=of the caller\n");
    checks.file(
        "services: {a: {image: davit/host, env_file: service.env, command: [sh, -c, 'echo $$A']}}\n");
    checks.project(checks.project().resolve("below"));
    assertEquals("of the project\n", printed("a"));
  }

  @Test
  @Intent("[env_file] UnusedMissingEnvFile")
  void aMissingFileConcernsOnlyTheServicesAskedFor() throws Exception {
    checks.file(
        """
        name: missing
        services:
          a: {image: davit/host, env_file: none.env, command: ["true"]}
          b: {image: davit/host, init: true, command: sleep 1000}
        """);
    checks.davit("up", "-d").fails("none.env");
    assertEquals(List.of(), checks.containers());
    checks.davit("up", "-d", "b").succeeds();
    assertEquals(List.of("missing-b-1"), checks.containers());
    for (String verb : List.of("ps", "logs", "stop", "start", "down")) {
      checks.davit(verb).succeeds();
    }
    checks.davit("config").fails("none.env");
    checks.davit("config", "--no-env-resolution").succeeds().says("none.env");
    checks.davit("config", "--services").succeeds().says("a\nb\n");
  }

  @Test
  @Intent("[secrets] SecretFromInclude")
  void aSecretOfAnIncludedProjectIsWhatThatProjectsVariablesSay() throws Exception {
    write("part/own.env", "PASSWORD=of the include\n");
    write(
        "part/compose.yaml",
        """
        services:
          a:
            image: davit/host
            secrets: [password]
            configs: [settings]
            command: [cat, /run/secrets/password, /settings]
        secrets: {password: {environment: PASSWORD}}
        configs: {settings: {environment: PASSWORD}}
        """);
    checks.file("include: [{path: part/compose.yaml, env_file: part/own.env}]\n");
    assertEquals("of the includeof the include", printed("a"));
    var caller = Map.of("PASSWORD", "of the caller");
    checks.davit(caller, "run", "--rm", "-q", "a").succeeds().says("of the caller");
  }

  @Test
  @Intent("[config] ConfigHashMatchesContainerLabel")
  void theHashThatConfigPrintsIsThatOfTheContainer() throws Exception {
    write("service.env", "A=1\n");
    checks.file(
        """
        name: hash
        services:
          plain: {image: davit/host, init: true, command: sleep 1000}
          with: {image: davit/host, init: true, command: sleep 1000, env_file: service.env}
        """);
    checks.davit("up", "-d").succeeds();
    String all = "plain %s\nwith %s\n".formatted(hash("hash-plain-1"), hash("hash-with-1"));
    assertEquals(all, checks.davit("config", "--hash", "*").succeeds().out());
    assertEquals(
        all.lines().toList().getLast() + "\n",
        checks.davit("config", "--hash", "with").succeeds().out());
    write("service.env", "A=2\n");
    assertFalse(checks.davit("config", "--hash", "*").succeeds().out().equals(all));
  }

  private String hash(String container) {
    return checks.container(container).config().labels().get("com.docker.compose.config-hash");
  }

  private static final String TEMPLATE =
      """
      name: shown
      services:
        a:
          image: davit/${NAME:-host}
          build: {context: ./here}
          env_file: values.env
      """;

  @Test
  @Intent("[compose] Config")
  @Intent("[compose] ConfigInterpolate")
  @Intent("[config] LocalComposeConfig")
  void configIsAModelOfItsOwn() throws Exception {
    checks.file(TEMPLATE);
    write("values.env", "A=1\n");
    String here = "context: " + checks.project().resolve("here");
    String whole = checks.davit("config").succeeds().says(here).says("image: davit/host").out();
    assertTrue(whole.contains("A: \"1\""), whole);
    checks.davit("config", "--no-interpolate").says("davit/${NAME:-host}").says(here);
    checks
        .davit(Map.of("NAME", "other"), "config", "--format", "json")
        .succeeds()
        .says("\"image\": \"davit/other\"");
    // What it prints is a file that means the same, wherever it is.
    write("elsewhere/compose.yaml", whole);
    checks.project(checks.project().resolve("elsewhere"));
    assertEquals(whole, checks.davit("config").succeeds().out());
  }

  @Test
  @Intent("[config] LocalComposeConfigNoConsistency")
  void configWithoutChecksListsWhatWouldBeRefused() throws Exception {
    checks.file(
        "services: {a: {image: davit/host, networks: [none], depends_on: [away]}}\nvolumes: {v: {}}\n");
    checks.davit("config", "--services").fails("none");
    checks.davit("config", "--no-consistency", "--services").succeeds().says("a\n");
    checks.davit("config", "--no-consistency", "--all-resources", "--volumes");
  }
}
