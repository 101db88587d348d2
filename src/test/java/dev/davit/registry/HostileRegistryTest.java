package dev.davit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.MediaType;
import dev.davit.image.Reference;
import dev.davit.registry.ScriptedRegistry.Script;
import dev.davit.registry.site.Sites;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a registry that is broken or hostile answers must not be taken for what was asked for.
@Timeout(60)
class HostileRegistryTest {
  private static final byte[] BLOB = new byte[300_000];
  private static final Descriptor WANTED;
  private static final Sites.Entry PLAIN =
      new Sites.Entry(List.of(), true, false, List.of(), Optional.empty(), Set.of());

  static {
    new Random(1).nextBytes(BLOB);
    WANTED = Descriptor.of(MediaType.OCI_LAYER, BLOB);
  }

  private interface Use {
    void with(Registries registries, Reference reference) throws IOException;
  }

  /// @return what the registry was asked
  private static List<String> against(Script script, Use use) throws IOException {
    try (var server = new ScriptedRegistry(script);
        var registries =
            Registries.open(
                new Sites(Map.of(server.domain(), PLAIN), List.of()), Credentials.NONE, _ -> {})) {
      use.with(registries, Reference.parse(server.domain() + "/box:1"));
      return server.asked();
    }
  }

  private static DavitException refusedManifest(Script script, boolean byDigest)
      throws IOException {
    var refused = new ArrayList<DavitException>();
    against(
        script,
        (registries, reference) -> {
          Repository repository = registries.repository(reference);
          refused.add(
              assertThrows(
                  DavitException.class,
                  () -> {
                    if (byDigest) {
                      repository.manifest(WANTED.digest());
                    } else {
                      repository.manifest();
                    }
                  }));
        });
    return refused.getFirst();
  }

  private static Script manifest(byte[] bytes, String digest) {
    return (exchange, _) -> {
      exchange.getResponseHeaders().set("Content-Type", MediaType.OCI_MANIFEST);
      if (!digest.isEmpty()) {
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
      }
      ScriptedRegistry.reply(exchange, 200, bytes);
    };
  }

  @Test
  void manifestOfAnotherDigestIsRefused() throws IOException {
    byte[] other = "{}".getBytes(UTF_8);
    for (boolean byDigest : new boolean[] {true, false}) {
      DavitException refused =
          refusedManifest(manifest(other, WANTED.digest().toString()), byDigest);
      assertEquals(Kind.INVALID, refused.kind());
      assertTrue(refused.getMessage().contains("other bytes"), refused.getMessage());
    }
    // What it says of its own digest does not count where another was asked for.
    DavitException lied = refusedManifest(manifest(other, Digest.of(other).toString()), true);
    assertTrue(lied.getMessage().contains("other bytes"), lied.getMessage());
  }

  @Test
  void endlessManifestIsRefused() throws IOException {
    DavitException refused = refusedManifest(manifest(new byte[(4 << 20) + 1], ""), false);
    assertTrue(refused.getMessage().contains("more than 4194304 bytes"), refused.getMessage());
  }

  private static MemorySink download(Script script) throws IOException {
    var sink = new MemorySink(WANTED);
    against(
        script, (registries, reference) -> registries.repository(reference).download(WANTED, sink));
    assertTrue(sink.finished);
    assertArrayEquals(BLOB, sink.bytes());
    return sink;
  }

  private static void refusedDownload(Script script) throws IOException {
    var sink = new MemorySink(WANTED);
    var refused =
        assertThrows(
            DavitException.class,
            () ->
                against(
                    script,
                    (registries, reference) ->
                        registries.repository(reference).download(WANTED, sink)));
    assertEquals(Kind.INVALID, refused.kind(), refused.getMessage());
    assertTrue(sink.written <= WANTED.size(), sink.written + " bytes were taken");
  }

  @Test
  void blobOfAnotherSizeIsRefused() throws IOException {
    byte[] longer = Arrays.copyOf(BLOB, BLOB.length + 1);
    refusedDownload((exchange, _) -> ScriptedRegistry.reply(exchange, 200, longer));
    refusedDownload((exchange, _) -> ScriptedRegistry.chunks(exchange, 200, longer));
    byte[] shorter = Arrays.copyOf(BLOB, BLOB.length - 1);
    refusedDownload((exchange, _) -> ScriptedRegistry.reply(exchange, 200, shorter));
  }

  private static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  private static void rest(HttpExchange exchange, int from, int said) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %d-%d/%d".formatted(said, BLOB.length - 1, BLOB.length));
    ScriptedRegistry.reply(exchange, 206, Arrays.copyOfRange(BLOB, from, BLOB.length));
  }

  @Test
  void blobThatEndsTooSoonGoesOnFromThere() throws IOException {
    byte[] half = Arrays.copyOf(BLOB, 150_000);
    var froms = new ArrayList<Integer>();
    MemorySink sink =
        download(
            (exchange, number) -> {
              froms.add(from(exchange));
              if (number == 0) {
                ScriptedRegistry.chunks(exchange, 200, half);
              } else {
                rest(exchange, from(exchange), from(exchange));
              }
            });
    assertEquals(List.of(0, 150_000), froms);
    assertEquals(0, sink.restarts);
  }

  @Test
  void whatIsNotTheRestIsNotTakenForIt() throws IOException {
    byte[] half = Arrays.copyOf(BLOB, 150_000);
    // All of it, another part, and what does not say which, when the rest was asked for.
    List<Script> second =
        List.of(
            (exchange, _) -> ScriptedRegistry.reply(exchange, 200, BLOB),
            (exchange, _) -> rest(exchange, 150_000, 140_000),
            (exchange, _) -> ScriptedRegistry.reply(exchange, 206, BLOB));
    for (Script answer : second) {
      MemorySink sink =
          download(
              (exchange, number) -> {
                if (number == 0) {
                  ScriptedRegistry.chunks(exchange, 200, half);
                } else if (number == 1) {
                  answer.answer(exchange, number);
                } else {
                  ScriptedRegistry.reply(exchange, 200, BLOB);
                }
              });
      assertEquals(1, sink.restarts);
    }
  }

  @Test
  void blobOfWhichTheRestIsRefusedIsBegunAnew() throws IOException {
    byte[] half = Arrays.copyOf(BLOB, 150_000);
    var froms = new ArrayList<Integer>();
    download(
        (exchange, number) -> {
          froms.add(from(exchange));
          if (number == 0) {
            ScriptedRegistry.chunks(exchange, 200, half);
          } else if (from(exchange) > 0) {
            ScriptedRegistry.reply(exchange, 416, new byte[0]);
          } else {
            ScriptedRegistry.reply(exchange, 200, BLOB);
          }
        });
    assertEquals(List.of(0, 150_000, 0), froms);
  }

  @Test
  void tagsOfAnotherHostAreNotAskedFor() throws IOException {
    var elsewhere = new ArrayList<String>();
    try (var other = new ScriptedRegistry((exchange, _) -> elsewhere.add("asked"))) {
      against(
          (exchange, number) -> {
            String link =
                number == 0
                    ? "/v2/box/tags/list?n=1&last=a"
                    : "http://" + other.domain() + "/v2/box/tags/list";
            exchange.getResponseHeaders().set("Link", "<" + link + ">; rel=\"next\"");
            ScriptedRegistry.reply(
                exchange, 200, "{\"tags\":[\"t%d\"]}".formatted(number).getBytes(UTF_8));
          },
          (registries, reference) ->
              assertEquals(List.of("t0", "t1"), registries.repository(reference).tags()));
    }
    assertEquals(List.of(), elsewhere);
  }

  @Test
  void manifestThatIsTakenForAnotherIsAnError() throws IOException {
    byte[] bytes = "{}".getBytes(UTF_8);
    against(
        (exchange, _) -> {
          exchange.getResponseHeaders().set("Docker-Content-Digest", WANTED.digest().toString());
          ScriptedRegistry.reply(exchange, 201, new byte[0]);
        },
        (registries, reference) -> {
          var fetched = new Fetched(MediaType.OCI_MANIFEST, Digest.of(bytes), bytes);
          Upload upload = registries.upload(reference);
          var refused = assertThrows(DavitException.class, () -> upload.manifest("1", fetched));
          assertTrue(refused.getMessage().contains("took manifest"), refused.getMessage());
        });
  }

  /// A registry that takes the first `breaksAt` bytes of a large blob and then breaks; `said` is
  /// the range that it says it has then.
  private static final class Uploads implements Script {
    final byte[] large = new byte[3 << 20];
    final ByteArrayOutputStream has = new ByteArrayOutputStream();
    final List<String> ranges = new ArrayList<>();
    private final int breaksAt;
    private final String said;

    Uploads(int breaksAt, String said) {
      this.breaksAt = breaksAt;
      this.said = said;
      new Random(2).nextBytes(large);
    }

    @Override
    public void answer(HttpExchange exchange, int number) throws IOException {
      exchange.getResponseHeaders().set("Location", "/v2/box/blobs/uploads/1");
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          has.reset();
          ScriptedRegistry.reply(exchange, 202, new byte[0]);
        }
        case "PATCH" -> patch(exchange, number);
        case "GET" -> {
          exchange.getResponseHeaders().set("Range", said);
          ScriptedRegistry.reply(exchange, 204, new byte[0]);
        }
        default -> ScriptedRegistry.reply(exchange, 201, new byte[0]);
      }
    }

    private void patch(HttpExchange exchange, int number) throws IOException {
      String range = exchange.getRequestHeaders().getFirst("Content-Range");
      ranges.add(range == null ? "all" : range);
      if (number == 0) {
        has.write(exchange.getRequestBody().readNBytes(breaksAt));
        throw new IOException("breaks");
      }
      has.write(exchange.getRequestBody().readAllBytes());
      ScriptedRegistry.reply(exchange, 202, new byte[0]);
    }
  }

  private static void upload(Uploads script) throws IOException {
    Descriptor blob = Descriptor.of(MediaType.OCI_LAYER, script.large);
    against(
        script,
        (registries, reference) ->
            registries
                .upload(reference)
                .blob(
                    blob,
                    from ->
                        new ByteArrayInputStream(
                            script.large, (int) from, script.large.length - (int) from),
                    _ -> {}));
    assertArrayEquals(script.large, script.has.toByteArray());
  }

  @Test
  void uploadThatBrokeGoesOnFromWhereTheRegistryIs() throws IOException {
    var script = new Uploads(1 << 20, "0-1048575");
    upload(script);
    assertEquals(List.of("all", "1048576-3145727"), script.ranges);
  }

  @Test
  void uploadOfWhichTheRegistrySaysNothingBeginsAnew() throws IOException {
    // Empty, nothing, and more than there is.
    for (String said : List.of("0-0", "none", "0-999999999")) {
      var script = new Uploads(1 << 20, said);
      upload(script);
      assertEquals(List.of("all", "all"), script.ranges, said);
    }
  }
}
