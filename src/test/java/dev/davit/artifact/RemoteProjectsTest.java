package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.artifact.ProjectFile.Role;
import dev.davit.compose.load.RemoteFiles.Fetched;
import dev.davit.error.DavitException;
import dev.davit.image.Descriptor;
import dev.davit.image.Manifest;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import dev.davit.registry.Registries;
import dev.davit.registry.Upload;
import dev.davit.registry.site.Sites;
import dev.davit.test.LocalRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real docker-registry.
class RemoteProjectsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T20:00:00Z");

  @TempDir private Path temp;
  private LocalRegistry server;
  private boolean mayConnect = true;

  @BeforeEach
  void start() {
    server = LocalRegistry.start(temp, LocalRegistry.Options.PLAIN);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private Registries open() {
    assertTrue(mayConnect, "a connection");
    return Registries.open(new Sites(Map.of(), List.of()), _ -> Optional.empty(), _ -> {});
  }

  private static ProjectFile file(Role role, String name, String text) {
    return new ProjectFile(role, name, text.getBytes(UTF_8));
  }

  private Descriptor publish(ProjectFile... files) {
    try (Registries registries = open()) {
      Upload to = registries.upload(Reference.parse(server.domain() + "/shop:1"));
      return new Publication(List.of(files), "1", NOW).to(to, "1", Optional.empty());
    }
  }

  private String name(String rest) {
    return "oci://" + server.domain() + "/shop" + rest;
  }

  private Fetched fetch(String rest) {
    return new RemoteProjects(this::open, new ProjectCache(temp.resolve("cache")))
        .fetch(name(rest));
  }

  private String refusal(ProjectFile... files) {
    publish(files);
    return String.valueOf(assertThrows(DavitException.class, () -> fetch(":1")).getMessage());
  }

  @Test
  void whatWasPublishedComesBack() {
    Descriptor manifest =
        publish(
            file(Role.COMPOSE, "compose.yaml", "a"),
            file(Role.COMPOSE, "compose.yaml", "b"),
            file(Role.COMPOSE, "../../etc/cron.yaml", "c"),
            file(Role.EXTENDED, "x.yaml", "d"),
            file(Role.ENVIRONMENT, "e.env", "é"));
    Fetched project = fetch(":1");
    assertEquals(List.of("compose.yaml", "compose-1.yaml", "compose-2.yaml"), project.main());
    assertEquals(
        Map.of(
            "compose.yaml", "a",
            "compose-1.yaml", "b",
            "compose-2.yaml", "c",
            "x.yaml", "d",
            "e.env", "é"),
        project.files());
    assertEquals(
        temp.resolve("cache/compose").resolve(manifest.digest().hex()), project.directory());
  }

  @Test
  void aDigestIsFetchedOnceAndHashedEachTime() throws IOException {
    Descriptor manifest = publish(file(Role.COMPOSE, "compose.yaml", "services: {}"));
    fetch("@" + manifest.digest());
    server.close();
    assertEquals(Map.of("compose.yaml", "services: {}"), fetch("@" + manifest.digest()).files());
    String layer = dev.davit.image.Digest.of("services: {}".getBytes(UTF_8)).hex();
    Files.writeString(temp.resolve("cache/blobs/sha256-" + layer), "services: {evil: }");
    var gone = assertThrows(DavitException.class, () -> fetch("@" + manifest.digest()));
    assertTrue(gone.getMessage().contains("cannot be reached"), gone.getMessage());
  }

  @Test
  void hostileArtifactsAreRefused() throws IOException {
    assertTrue(
        refusal(
                file(Role.COMPOSE, "compose.yaml", "a"),
                file(Role.ENVIRONMENT, "../../root/.profile", "b"))
            .endsWith("/shop:1\" has a file whose name is no plain file name"));
    assertTrue(
        refusal(file(Role.COMPOSE, "compose.yaml", "a"), file(Role.EXTENDED, "..", "b"))
            .endsWith("has a file whose name is no plain file name"));
    assertTrue(
        refusal(file(Role.COMPOSE, "compose.yaml", "a"), file(Role.EXTENDED, "compose.yaml", "b"))
            .endsWith("has two files \"compose.yaml\""));
    assertTrue(
        refusal(file(Role.COMPOSE, "compose.yaml", "#".repeat((4 << 20) + 1)))
            .endsWith("has a file of more than 4 MB"));
    assertTrue(refusal(file(Role.EXTENDED, "x.yaml", "a")).endsWith("has no Compose file"));
    assertTrue(
        refusal(new ProjectFile(Role.COMPOSE, "c.yaml", new byte[] {(byte) 0xff}))
            .endsWith("has a file \"c.yaml\" that is not UTF-8 text"));
  }

  @Test
  void whatIsNotThereIsCalledAProject() {
    String why = String.valueOf(assertThrows(DavitException.class, () -> fetch(":1")).getMessage());
    assertTrue(why.startsWith("project \"" + server.domain() + "/shop:1\" does not exist"), why);
  }

  @Test
  void anImageIsNoProject() {
    try (Registries registries = open()) {
      Upload to = registries.upload(Reference.parse(server.domain() + "/shop:1"));
      byte[] config = "{}".getBytes(UTF_8);
      Descriptor blob = Descriptor.of(MediaType.OCI_CONFIG, config);
      to.blob(blob, _ -> new ByteArrayInputStream(config), _ -> {});
      byte[] bytes = Manifest.of(blob, List.of()).bytes();
      to.manifest(
          "1",
          new dev.davit.registry.Fetched(
              MediaType.OCI_MANIFEST, dev.davit.image.Digest.of(bytes), bytes));
    }
    assertEquals(
        "\"" + name(":1") + "\" is no Compose project but an image or another artifact",
        assertThrows(DavitException.class, () -> fetch(":1")).getMessage());
  }
}
