package dev.davit.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import dev.davit.registry.site.Sites;
import dev.davit.test.Certificates;
import dev.davit.test.LocalRegistry;
import dev.davit.test.LocalRegistry.Options;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real docker-registry: what is pushed comes back byte for byte.
class RegistryTest {
  private static final Credential SECRET = new Credential.Password("davit", "secret");

  @TempDir Path directory;

  private static Sites sites(Map<String, Sites.Entry> entries) {
    return new Sites(entries, List.of());
  }

  private static byte[] random(int size, int seed) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /// An image with one layer; its config is none that anybody reads.
  private static Fetched push(Registries registries, Reference to, byte[] layer) {
    Upload upload = registries.upload(to);
    byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
    Descriptor first = Descriptor.of(MediaType.OCI_CONFIG, config);
    Descriptor second = Descriptor.of(MediaType.OCI_LAYER, layer);
    upload.blob(first, from -> new java.io.ByteArrayInputStream(config), _ -> {});
    upload.blob(
        second,
        from -> new java.io.ByteArrayInputStream(layer, (int) from, layer.length - (int) from),
        _ -> {});
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
        """
            .formatted(MediaType.OCI_MANIFEST, json(first), json(second));
    byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
    var fetched = new Fetched(MediaType.OCI_MANIFEST, dev.davit.image.Digest.of(bytes), bytes);
    upload.manifest(to.tag().orElseThrow(), fetched);
    return fetched;
  }

  private static String json(Descriptor descriptor) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
  }

  private static void roundTrip(Registries registries, String domain) {
    byte[] layer = random(3 << 20, 1);
    Reference reference = Reference.parse(domain + "/davit/thing:1");
    Fetched pushed = push(registries, reference, layer);

    Repository repository = registries.repository(reference);
    Fetched pulled = repository.manifest();
    assertEquals(pushed.digest(), pulled.digest());
    assertEquals(MediaType.OCI_MANIFEST, pulled.mediaType());
    assertEquals(Optional.of(pushed.digest()), repository.head());
    Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, layer);
    var sink = new MemorySink(blob);
    sink.write(layer, 0, 1 << 20);
    repository.download(blob, sink);
    assertTrue(sink.finished);
    assertEquals(layer.length, sink.written, "only the rest was fetched");
    assertArrayEquals(layer, sink.bytes());
    assertEquals(List.of("1"), repository.tags());
  }

  @Test
  void plainRegistryGivesBackWhatWasPushed() {
    try (var server = LocalRegistry.start(directory, Options.PLAIN);
        var registries = Registries.open(sites(Map.of()), Credentials.NONE, _ -> {})) {
      roundTrip(registries, server.domain());
    }
  }

  @Test
  void registryWithTlsAndAnOwnAuthority() throws Exception {
    Certificates certificates = Certificates.make(directory);
    try (var server = LocalRegistry.start(directory, Options.PLAIN.with(certificates.server()))) {
      Path own = Files.createDirectories(directory.resolve("certs.d/" + server.domain()));
      Files.copy(certificates.authority(), own.resolve("ca.crt"));
      var trusting = new Sites(Map.of(), List.of(directory.resolve("certs.d")));
      try (var registries = Registries.open(trusting, Credentials.NONE, _ -> {})) {
        roundTrip(registries, server.domain());
      }
      Path other = Files.createDirectory(directory.resolve("other"));
      Certificates.make(other);
      var distrusting =
          sites(
              Map.of(
                  server.domain(),
                  new Sites.Entry(
                      List.of(),
                      false,
                      false,
                      List.of(other.resolve("ca.crt")),
                      Optional.empty(),
                      Set.of())));
      try (var registries = Registries.open(distrusting, Credentials.NONE, _ -> {})) {
        Repository repository =
            registries.repository(Reference.parse(server.domain() + "/davit/thing:1"));
        var refused = assertThrows(RegistryException.class, repository::manifest);
        assertTrue(refused.getMessage().contains("signed by nobody"), refused.getMessage());
      }
    }
  }

  @Test
  void registryWithPasswordWantsIt() {
    try (var server =
        LocalRegistry.start(directory, Options.PLAIN.withPassword(LocalRegistry.DAVIT_SECRET))) {
      String domain = server.domain();
      Credentials mine = asked -> asked.equals(domain) ? Optional.of(SECRET) : Optional.empty();
      try (var registries = Registries.open(sites(Map.of()), mine, _ -> {})) {
        roundTrip(registries, domain);
        assertEquals(SECRET, registries.login(domain, SECRET));
        var wrong = new Credential.Password("davit", "wrong");
        var refused = assertThrows(RegistryException.class, () -> registries.login(domain, wrong));
        assertEquals(Kind.DENIED, refused.kind());
      }
      try (var registries = Registries.open(sites(Map.of()), Credentials.NONE, _ -> {})) {
        Repository repository = registries.repository(Reference.parse(domain + "/davit/thing:1"));
        var refused = assertThrows(RegistryException.class, repository::manifest);
        assertEquals(Kind.DENIED, refused.kind());
        assertTrue(refused.action().orElseThrow().contains("davit login " + domain));
      }
    }
  }

  @Test
  void tokensAreFetchedForWhatIsNeededAndNoMore() throws Exception {
    Certificates certificates = Certificates.make(directory);
    try (var tokens = new TokenServer(certificates.server());
        var server =
            LocalRegistry.start(
                directory, Options.PLAIN.withTokens(tokens.options(certificates.authority())))) {
      String domain = server.domain();
      Credentials mine = asked -> asked.equals(domain) ? Optional.of(SECRET) : Optional.empty();
      try (var registries = Registries.open(sites(Map.of()), mine, _ -> {})) {
        roundTrip(registries, domain);
        assertEquals(
            Set.of("repository:davit/thing:pull,push", "repository:davit/thing:pull"),
            Set.copyOf(tokens.scopes()));
        assertEquals(2, tokens.scopes().size(), "a token serves until it is over");
        var wrong = new Credential.Password("davit", "wrong");
        var refused = assertThrows(RegistryException.class, () -> registries.login(domain, wrong));
        assertEquals(Kind.DENIED, refused.kind());
      }
      try (var registries = Registries.open(sites(Map.of()), Credentials.NONE, _ -> {})) {
        Reference reference = Reference.parse(domain + "/davit/thing:1");
        registries.repository(reference).manifest();
        byte[] layer = random(10, 9);
        var refused =
            assertThrows(RegistryException.class, () -> push(registries, reference, layer));
        assertEquals(Kind.DENIED, refused.kind());
      }
    }
  }

  @Test
  void aTagThatIsNotThereIsNotFoundWithWhatWasMeant() {
    try (var server = LocalRegistry.start(directory, Options.PLAIN);
        var registries = Registries.open(sites(Map.of()), Credentials.NONE, _ -> {})) {
      push(registries, Reference.parse(server.domain() + "/shop:stable"), random(10, 2));
      Repository repository =
          registries.repository(Reference.parse(server.domain() + "/shop:stabel"));
      var missing = assertThrows(DavitException.class, repository::manifest);
      assertEquals(Kind.NOT_FOUND, missing.kind());
      assertEquals(Optional.of("did you mean \"stable\"?"), missing.action());
      assertEquals(Optional.empty(), repository.head());
    }
  }

  @Test
  void aBlobOfAnotherRepositoryIsMounted() {
    try (var server = LocalRegistry.start(directory, Options.PLAIN);
        var registries = Registries.open(sites(Map.of()), Credentials.NONE, _ -> {})) {
      byte[] layer = random(1000, 3);
      push(registries, Reference.parse(server.domain() + "/one:1"), layer);
      Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, layer);
      Upload two = registries.upload(Reference.parse(server.domain() + "/two:1"));
      assertFalse(two.has(blob.digest()));
      assertTrue(two.mount(blob.digest(), "one"));
      assertTrue(two.has(blob.digest()));
      assertFalse(two.mount(Descriptor.of("", random(5, 4)).digest(), "one"));
    }
  }

  @Test
  void mirrorIsAskedFirstAndTheRegistryWhereItHasNot() throws Exception {
    var notes = new ArrayList<String>();
    Path origin = Files.createDirectory(directory.resolve("origin"));
    Path mirror = Files.createDirectory(directory.resolve("mirror"));
    try (var first = LocalRegistry.start(origin, Options.PLAIN);
        var second = LocalRegistry.start(mirror, Options.PLAIN)) {
      var entry =
          new Sites.Entry(
              List.of(
                  URI.create("http://127.0.0.1:1"), URI.create("http://" + second.domain() + "/")),
              false,
              false,
              List.of(),
              Optional.empty(),
              Set.of());
      try (var registries =
          Registries.open(sites(Map.of(first.domain(), entry)), Credentials.NONE, notes::add)) {
        byte[] layer = random(100, 5);
        push(registries, Reference.parse(second.domain() + "/only/mirror:1"), layer);
        push(registries, Reference.parse(first.domain() + "/only/origin:1"), layer);
        registries.repository(Reference.parse(first.domain() + "/only/mirror:1")).manifest();
        registries.repository(Reference.parse(first.domain() + "/only/origin:1")).manifest();
      }
    }
    assertTrue(notes.getFirst().startsWith("127.0.0.1:1: registry"), notes.toString());
  }
}
