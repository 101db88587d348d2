package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.image.Document;
import dev.davit.image.Manifest;
import dev.davit.image.Reference;
import dev.davit.registry.Registries;
import dev.davit.registry.site.Sites;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import dev.davit.test.LocalRegistry;
import dev.davit.test.LocalRegistry.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A project must go to a registry as it is written, and nothing of it that its author has not
/// agreed to.
@Kernel(needs = "docker-registry")
@Timeout(120)
class PublishScenario {
  @TempDir private Path temp;
  private Checks checks;
  private LocalRegistry server;

  @BeforeEach
  void open() throws Exception {
    server = LocalRegistry.start(temp, Options.PLAIN);
    checks = new Checks("Publish");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
    server.close();
  }

  private String name() {
    return server.domain() + "/test/test:1";
  }

  private Checks.Ran publish(String answer, String file, String... options) {
    var words = new java.util.ArrayList<>(List.of("-f", file, "publish", name()));
    words.addAll(List.of(options));
    return checks.davitWith(answer, words.toArray(String[]::new));
  }

  private Optional<Manifest> published() {
    try (Registries registries =
        Registries.open(new Sites(Map.of(), List.of()), _ -> Optional.empty(), _ -> {})) {
      var repository = registries.repository(Reference.parse(name()));
      return repository
          .head()
          .map(_ -> repository.manifest())
          .map(it -> (Manifest) Document.parse(it.mediaType(), it.bytes()));
    }
  }

  private void isRefused(Checks.Ran ran) {
    ran.failsWith(130);
    assertTrue(ran.err().contains("nothing was published"), ran.err());
    assertEquals(Optional.empty(), published());
  }

  @Test
  void everyFileIsALayerAndADryRunSendsNone() {
    checks
        .davit("-f", "compose.yaml", "-f", "over.yaml", "--dry-run", "publish", name())
        .succeeds()
        .says(
            "Would publish "
                + name()
                + " with\n  compose.yaml (147 bytes)\n  over.yaml (34 bytes)");
    assertEquals(Optional.empty(), published());
    checks
        .davit("-f", "compose.yaml", "-f", "over.yaml", "publish", name())
        .succeeds()
        .says("Published " + name() + "@sha256:");
    assertEquals(
        List.of("compose.yaml", "over.yaml"),
        published().orElseThrow().layers().stream()
            .map(it -> it.annotations().get("com.docker.compose.file"))
            .toList());
  }

  @Test
  @Intent("[publish] PublishPromptEnvFile")
  void environmentFilesAreAskedForOrAllowed() {
    isRefused(
        publish("n\n", "env-file.yaml")
            .says("you are about to publish env-related declarations within your OCI artifact.")
            .says("service \"serviceA\": env_file declared")
            .says("Are you ok to publish these env declarations?"));
    publish("", "env-file.yaml", "--with-env").succeeds();
    assertEquals(2, published().orElseThrow().layers().size());
  }

  @Test
  @Intent("[publish] PublishPromptSuspiciousEnv")
  void valuesOfSensitiveNamesAreAskedForOrAllowed() {
    isRefused(
        publish("n\n", "suspicious.yaml")
            .says("service \"serviceA\": literal value for \"MYSQL_ROOT_PASSWORD\"\n"));
    publish("", "suspicious.yaml", "--with-env").succeeds();
  }

  @Test
  @Intent("[publish] PublishInterpolatedEnv")
  void variablesAreNotAskedForAndStayVariables() {
    Checks.Ran ran = publish("", "compose.yaml").succeeds();
    assertFalse(ran.out().contains("Are you ok"), ran.out());
  }

  @Test
  @Intent("[publish] PublishPromptAggregatesFindings")
  void oneQuestionIsAboutAllServices() {
    isRefused(
        publish("n\n", "several.yaml")
            .says("service \"serviceA\": literal value for \"DB_PASSWORD\"\n")
            .says("service \"serviceB\": env_file declared\n")
            .says("service \"serviceB\": literal value for \"API_KEY\"\n")
            .says("Use --with-env to silence this prompt"));
  }

  @Test
  @Intent("[publish] PublishWithExtends")
  void extendedFilesGoToo() {
    publish("", "extends.yaml", "--with-env").succeeds();
    assertEquals(
        List.of("compose", "true", "true", "env"),
        published().orElseThrow().layers().stream()
            .map(
                it ->
                    it.mediaType().endsWith("envfile")
                        ? "env"
                        : it.annotations().getOrDefault("com.docker.compose.extends", "compose"))
            .toList());
  }

  @Test
  @Intent("[publish] PublishBindMount")
  void bindMountsAreAskedFor() {
    isRefused(
        publish("n\n", "bind.yaml")
            .says("you are about to publish bind mounts declaration within your OCI artifact.")
            .says(":/user-data")
            .says("Are you ok to publish these bind mount declarations?"));
    publish("y\n", "bind.yaml").succeeds().says(":/user-data").says("Published ");
  }

  @Test
  @Intent("[publish] PublishBuildOnly")
  void imagesWithoutANameAreRefused() {
    publish("", "build.yaml", "--with-env", "-y")
        .fails(
            "your Compose stack cannot be published as it only contains a build section for"
                + " service(s): \"serviceA\", \"serviceB\"\n");
  }

  @Test
  @Intent("[publish] PublishLocalInclude")
  void localIncludesAreRefused() {
    publish("", "include.yaml").fails("cannot publish compose file with local includes");
  }

  @Test
  @Intent("[publish] PublishDetectSensitiveData")
  void secretsAreFoundBeforeAnythingIsSent() {
    isRefused(
        publish("n\n", "sensitive.yaml", "--with-env")
            .says("you are about to publish sensitive data within your OCI artifact.\n")
            .says("please double check that you are not leaking sensitive data\n")
            .says("sensitive.yaml:5: AWS access key ID A3TX...")
            .says("sensitive.yaml:6: AWS secret key 1234...")
            .says("sensitive.env:1: GitHub token ghp_...")
            .says("sensitive.yaml:10: JSON Web Token eyJh...")
            .says("sensitive.yaml:13: private key BEGIN DSA PRIVATE KEY...")
            .says("Are you ok to publish these sensitive data?"));
  }

  private Checks.Ran fetched(String answer, String... words) {
    return checks.davitWith(
        answer,
        Map.of("XDG_CACHE_HOME", temp.resolve("cache").toString(), "TAG", "7"),
        Stream.concat(Stream.of("-f", "oci://" + name()), Stream.of(words)).toArray(String[]::new));
  }

  @Test
  @Intent("[publish] Publish")
  void whatIsPublishedIsLoadedBack() {
    checks
        .davit("-f", "compose.yaml", "-f", "over.yaml", "publish", "--with-env", "-y", name())
        .succeeds();
    assertEquals(
        """
        name: shop
        services:
          web:
            environment:
              DB_PASSWORD: ""
            image: nginx:7
            labels:
              o: k
            networks:
              default: null
        networks:
          default:
            name: shop_default
        """,
        fetched("", "config").succeeds().out());
    publish("", "extends.yaml", "--with-env").succeeds();
    fetched("", "config").succeeds().says("      OWN: \"1\"\n").says("      deep: \"1\"\n");
    fetched("", "publish", name()).fails("only files of this machine can be published");
  }

  @Test
  void whatComesFromARegistryRunsAfterAQuestionOnly() {
    publish("", "compose.yaml").succeeds();
    fetched("n\n", "up", "-d")
        .fails("operation cancelled by user")
        .says(
            """

            Found the following variables in configuration:
            VARIABLE      VALUE     SOURCE        REQUIRED   DEFAULT
            DB_PASSWORD   <unset>   none          no
            TAG           7         environment   no         1

            Do you want to proceed with these variables? [Y/n] \
            """);
    fetched("", "run", "web").fails("operation cancelled by user");
    Checks.Ran plan = fetched("", "--dry-run", "up").succeeds();
    assertFalse(plan.out().contains("proceed"), plan.out());
  }

  private Checks.Ran pinned(String... options) {
    var words =
        new java.util.ArrayList<>(
            List.of("-f", "pin.yaml", "publish", server.domain() + "/test/pin:1"));
    words.addAll(List.of(options));
    return checks.davit(Map.of("REGISTRY", server.domain()), words.toArray(String[]::new));
  }

  @Test
  void imagesArePinnedAndComeAlong() {
    pinned("--resolve-image-digests")
        .fails("image \"" + name() + "\" does not exist in its registry: it has no digest");
    publish("", "compose.yaml").succeeds();
    String image;
    try (Registries registries =
        Registries.open(new Sites(Map.of(), List.of()), _ -> Optional.empty(), _ -> {})) {
      image = name() + "@" + registries.repository(Reference.parse(name())).head().orElseThrow();
    }
    pinned("--app", "--resolve-image-digests").succeeds();
    Checks.Ran config =
        checks.davitWith(
            "",
            Map.of("XDG_CACHE_HOME", temp.resolve("cache").toString(), "REGISTRY", "gone.example"),
            "-f",
            "oci://" + server.domain() + "/test/pin:1",
            "--profile",
            "tools",
            "config",
            "--images");
    assertEquals(image + "\n" + image + "\n", config.succeeds().out());
    checks.davit("image", "pull", image.replace("/test/test:1", "/test/pin")).fails("and no image");
    checks
        .davit(
            Map.of("REGISTRY", server.domain()),
            "-f",
            "pin.yaml",
            "--dry-run",
            "publish",
            "--app",
            server.domain() + "/test/dry:1")
        .succeeds()
        .says("  image-digests.yaml (")
        .says("  image " + image + "\n");
  }

  @Test
  void whatComesFromARegistryRuns() throws Exception {
    publish("", "run.yaml", "-y", "--with-env").succeeds();
    fetched("", "up", "-d", "--yes").succeeds();
    fetched("", "exec", "-T", "tool", "sh", "-c", "echo $GREETING >/data/said").succeeds();
    try (Stream<Path> kept = Files.walk(temp.resolve("cache/davit/compose"))) {
      Path said = kept.filter(it -> it.endsWith("data/said")).findFirst().orElseThrow();
      assertEquals("hello\n", Files.readString(said));
    }
    assertEquals("tool\n", fetched("", "ps", "--services").succeeds().out());
    assertEquals("", fetched("", "--dry-run", "up", "-d").succeeds().out(), "nothing has changed");
    fetched("", "down").succeeds();
    assertEquals("", checks.davit("-p", "fetched", "ps", "-aq").succeeds().out());
  }
}
