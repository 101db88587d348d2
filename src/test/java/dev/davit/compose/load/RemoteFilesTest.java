package dev.davit.compose.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.RemoteFiles.Fetched;
import dev.davit.error.ArgumentException;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Projects of a registry wherever a file of this machine can be named.
class RemoteFilesTest {
  private static final String SHOP = "oci://example.com/shop:1";
  private static final Path CACHE = Path.of("/cache/abc");

  @TempDir private Path temp;
  private Path here;
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void make() throws IOException {
    here = Files.createDirectory(temp.resolve("shopping"));
  }

  private Fetched fetch(String name) {
    asked.add(name);
    if (!name.equals(SHOP)) {
      throw new DavitException(Kind.NOT_FOUND, "\"" + name + "\" does not exist", "look it up");
    }
    return new Fetched(
        name,
        CACHE,
        List.of("compose.yaml", "over.yaml"),
        Map.of(
            "compose.yaml",
            """
            services:
              web:
                extends: {file: base.yaml, service: base}
                env_file: e.env
                volumes: ["./data:/data"]
            """,
            "over.yaml",
            "services: {web: {labels: {over: \"${TAG:-none}\"}}}",
            "base.yaml",
            "services: {base: {image: busybox}}",
            "e.env",
            "FROM_FILE=1"));
  }

  private Project load(Map<String, String> env, String... files) {
    LoadRequest request =
        new LoadRequest(
            here,
            env,
            List.of(files),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            () -> "",
            LoadOptions.ALL);
    return ComposeLoader.load(request.reaching(this::fetch)).project();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(here.resolve(name), text);
  }

  private static void isWeb(Service service) {
    assertEquals("busybox", service.image());
    assertEquals(Map.of("FROM_FILE", "1"), service.command().environment());
    assertEquals("none", service.labels().get("over"));
    assertEquals("/cache/abc/data", service.mounts().getFirst().source());
  }

  @Test
  void fileOptionNamesAllFilesOfAProject() {
    Project project = load(Map.of(), SHOP);
    isWeb(project.services().get("web"));
    assertEquals(CACHE, project.workingDirectory());
    assertEquals("shopping", project.name(), "that of the directory that it is used in");
    assertEquals(List.of(SHOP), asked);
  }

  @Test
  void aFileOfThisMachineIsLaidOverIt() throws IOException {
    write("mine.yaml", "services: {web: {image: mine}}");
    assertEquals("mine", load(Map.of(), SHOP, "mine.yaml").services().get("web").image());
    assertEquals("busybox", load(Map.of(), "mine.yaml", SHOP).services().get("web").image());
  }

  @Test
  void dotEnvIsTheCallers() throws IOException {
    write(".env", "TAG=mine");
    assertEquals("mine", load(Map.of(), SHOP).services().get("web").labels().get("over"));
  }

  @Test
  void variableNamesItWhereColonsSeparateNothing() {
    isWeb(load(Map.of("COMPOSE_FILE", SHOP, "COMPOSE_PATH_SEPARATOR", ",")).services().get("web"));
    var refused = assertThrows(ArgumentException.class, () -> load(Map.of("COMPOSE_FILE", SHOP)));
    assertEquals(
        "say COMPOSE_PATH_SEPARATOR=, and write commas between them",
        refused.action().orElseThrow());
  }

  @Test
  void includeAndExtendsNameIt() throws IOException {
    write(
        "compose.yaml",
        """
        include: ["oci://example.com/shop:1"]
        services:
          mine: {extends: {file: "oci://example.com/shop:1", service: web}}
          far: {extends: {file: sub/between.yaml, service: between}}
        """);
    Files.createDirectory(here.resolve("sub"));
    write(
        "sub/between.yaml",
        "services: {between: {extends: {file: \"oci://example.com/shop:1\", service: web}}}");
    Project project = load(Map.of());
    isWeb(project.services().get("web"));
    isWeb(project.services().get("mine"));
    isWeb(project.services().get("far"));
    assertEquals(here, project.workingDirectory());
    assertEquals(List.of(SHOP), asked, "fetched once");
  }

  @Test
  void whatIsWrongIsToldWithThePlaceThere() throws IOException {
    write(
        "compose.yaml",
        """
        services:
          a: {extends: {file: "oci://example.com/shop:1", service: none}}
          b: {extends: {file: "oci://example.com/gone:1", service: b}}
        """);
    var wrong = assertThrows(ComposeFileException.class, () -> load(Map.of()));
    assertTrue(
        wrong.getMessage().contains("no service \"none\" in \"" + SHOP + "/compose.yaml\""),
        wrong.getMessage());
    assertTrue(
        wrong.getMessage().contains("\"oci://example.com/gone:1\" does not exist"),
        wrong.getMessage());
    write("over.yaml", "services: {web: {env_file: lost.env}}");
    var missing = assertThrows(ComposeFileException.class, () -> load(Map.of(), SHOP, "over.yaml"));
    assertTrue(
        missing.getMessage().contains("file \"" + SHOP + "/lost.env\" not found"),
        missing.getMessage());
    assertEquals("it was not published with the project", missing.problems().getFirst().help());
  }

  @Test
  void gitAddressesAreRefused() {
    for (String name : List.of("https://github.com/a/b.git", "git@host:a/b.git")) {
      var refused = assertThrows(ArgumentException.class, () -> load(Map.of(), name));
      assertEquals("remote file \"" + name + "\" is not supported yet", refused.getMessage());
    }
  }
}
