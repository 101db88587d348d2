package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.davit.artifact.ProjectFile.Role;
import dev.davit.error.DavitException;
import dev.davit.image.Descriptor;
import dev.davit.image.Document;
import dev.davit.image.Manifest;
import dev.davit.image.Reference;
import dev.davit.registry.Fetched;
import dev.davit.registry.Registries;
import dev.davit.registry.site.Sites;
import dev.davit.test.LocalRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real docker-registry. The manifests are what docker compose 2.40.3 writes, but for the
/// files' content, which it repeats in `data`.
class PublicationTest {
  private static final String EMPTY =
      "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

  @TempDir private Path directory;

  private static ProjectFile file(Role role, String name) {
    return new ProjectFile(role, name, (name + "\n").getBytes(UTF_8));
  }

  private static final Publication SHOP =
      new Publication(
          List.of(
              file(Role.COMPOSE, "compose.yaml"),
              file(Role.EXTENDED, "b.yaml"),
              file(Role.ENVIRONMENT, "e.env")),
          "5.5.0",
          Instant.parse("2026-11-29T19:57:35.5Z"));

  private static final String REST =
      """
      "layers":[\
      {"mediaType":"application/vnd.docker.compose.file+yaml",\
      "digest":"C","size":13,"annotations":{"com.docker.compose.file":"compose.yaml","com.docker.compose.version":"5.5.0"}},\
      {"mediaType":"application/vnd.docker.compose.file+yaml","digest":"B","size":7,\
      "annotations":{"com.docker.compose.extends":"true","com.docker.compose.file":"b.yaml",\
      "com.docker.compose.version":"5.5.0"}},\
      {"mediaType":"application/vnd.docker.compose.envfile","digest":"E","size":6,\
      "annotations":{"com.docker.compose.envfile":"e.env","com.docker.compose.version":"5.5.0"}}],\
      "annotations":{"org.opencontainers.image.created":"2026-11-29T19:57:35Z"}}\
      """
          .replace("\"C\"", "\"" + digest("compose.yaml") + "\"")
          .replace("\"B\"", "\"" + digest("b.yaml") + "\"")
          .replace("\"E\"", "\"" + digest("e.env") + "\"");

  private static String digest(String name) {
    return dev.davit.image.Digest.of((name + "\n").getBytes(UTF_8)).toString();
  }

  private static String manifest(Optional<OciVersion> version, Registries registries, String name) {
    Reference to = Reference.parse(name);
    Descriptor pushed = SHOP.to(registries.upload(to), to.tag().orElseThrow(), version);
    Fetched there = registries.repository(to).manifest();
    assertEquals(pushed.digest(), there.digest());
    var read = (Manifest) Document.parse(there.mediaType(), there.bytes());
    assertTrue(ProjectArtifact.is(read));
    return new String(there.bytes(), UTF_8);
  }

  @Test
  void manifestIsTheOneThatDockerComposeReads() {
    try (LocalRegistry server = LocalRegistry.start(directory, LocalRegistry.Options.PLAIN);
        Registries registries =
            Registries.open(new Sites(Map.of(), List.of()), _ -> Optional.empty(), _ -> {})) {
      assertEquals(
          "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
              + "\"artifactType\":\"application/vnd.docker.compose.project\","
              + "\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\""
              + EMPTY
              + "\",\"size\":2},"
              + REST,
          manifest(Optional.empty(), registries, server.domain() + "/shop:1"));
      assertEquals(
          "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
              + "\"config\":{\"mediaType\":\"application/vnd.docker.compose.config.empty.v1+json\","
              + "\"digest\":\""
              + EMPTY
              + "\",\"size\":2},"
              + REST,
          manifest(Optional.of(OciVersion.V1_0), registries, server.domain() + "/shop:old"));
    }
  }

  /// A registry that has every blob, and takes manifests that `accepts` says.
  private static HttpServer registry(Predicate<String> accepts, int otherwise, List<String> put)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          boolean isManifest = exchange.getRequestMethod().equals("PUT");
          if (isManifest) {
            put.add(body);
          }
          int good = isManifest ? 201 : 200;
          exchange.sendResponseHeaders(!isManifest || accepts.test(body) ? good : otherwise, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static List<String> push(
      Predicate<String> accepts, int otherwise, Optional<OciVersion> version) throws IOException {
    var put = Collections.synchronizedList(new ArrayList<String>());
    HttpServer server = registry(accepts, otherwise, put);
    try (Registries registries =
        Registries.open(new Sites(Map.of(), List.of()), _ -> Optional.empty(), _ -> {})) {
      Reference to = Reference.parse("127.0.0.1:" + server.getAddress().getPort() + "/shop:1");
      SHOP.to(registries.upload(to), "1", version);
    } catch (DavitException e) {
      put.add("refused");
    } finally {
      server.stop(0);
    }
    return put.stream()
        .map(it -> it.contains("artifactType") ? "1.1" : it.replaceFirst("(?s)\\{.*", "1.0"))
        .toList();
  }

  @Test
  void aRegistryWithoutArtifactTypesGetsTheOlderForm() throws IOException {
    Predicate<String> older = body -> !body.contains("artifactType");
    assertEquals(List.of("1.1", "1.0"), push(older, 400, Optional.empty()));
    assertEquals(List.of("1.1", "refused"), push(older, 403, Optional.empty()));
    assertEquals(List.of("1.1", "refused"), push(older, 400, Optional.of(OciVersion.V1_1)));
    assertEquals(List.of("1.1"), push(_ -> true, 400, Optional.empty()));
  }
}
