package dev.davit.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {
  private static final String DIGEST = Digest.of(new byte[0]).toString();
  private static final String PART =
      "{\"mediaType\":\"t\",\"digest\":\"%s\",\"size\":7,\"urls\":[\"http://elsewhere\"]}"
          .formatted(DIGEST);
  private static final String MANIFEST =
      "\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]".formatted(PART, PART);

  @Test
  void manifestIsRead() {
    var manifest = assertInstanceOf(Manifest.class, parse("", "{" + MANIFEST + "}"));
    assertEquals(MediaType.OCI_MANIFEST, manifest.mediaType());
    assertEquals(7, manifest.config().size());
    assertEquals(List.of(manifest.config(), manifest.config()), manifest.parts().toList());
  }

  @Test
  void indexIsRead() {
    String platform = "\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}";
    String entry = PART.replace("\"size\"", platform + ",\"size\"");
    var index =
        assertInstanceOf(
            Index.class,
            parse(MediaType.DOCKER_LIST, "{\"schemaVersion\":2,\"manifests\":[" + entry + "]}"));
    assertEquals(MediaType.DOCKER_LIST, index.mediaType());
    assertEquals(List.of(Platform.parse("linux/arm/v7")), index.platforms());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":\"2\",\"manifests\":[]}",
        "{\"schemaVersion\":3,\"manifests\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[],\"config\":{}}",
        "{\"schemaVersion\":2,\"manifests\":[],\"fsLayers\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}",
        "{\"schemaVersion\":2,\"manifests\":{}}",
        "{\"schemaVersion\":2,\"manifests\":[null]}",
        "{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"sha256:00\",\"size\":1}]}",
        "{\"schemaVersion\":2,\"layers\":[]}",
        "{\"schemaVersion\":2,\"manifests\":[]}{}",
        "{\"schemaVersion\":2,\"manifests\":[],\"mediaType\":\"text/html\"}",
        "{\"schemaVersion\":2,\"manifests\":[],\"mediaType\":"
            + "\"application/vnd.oci.image.manifest.v1+json\"}",
        "<html>"
      })
  void whatCanBeReadInTwoWaysOrInNoneIsInvalid(String text) {
    var e = assertThrows(DavitException.class, () -> parse("", text));
    assertEquals(Kind.INVALID, e.kind());
  }

  @Test
  void partWithoutSizeOrWithNegativeOneIsInvalid() {
    for (String size : List.of("\"x\":7", "\"size\":-1", "\"size\":1e3", "\"size\":\"7\"")) {
      String text = "{" + MANIFEST.replace("\"size\":7", size) + "}";
      assertThrows(DavitException.class, () -> parse("", text), size);
    }
  }

  @Test
  void typeThatDisagreesIsInvalid() {
    assertThrows(DavitException.class, () -> parse(MediaType.OCI_INDEX, "{" + MANIFEST + "}"));
    String own = "{" + MANIFEST + ",\"mediaType\":\"" + MediaType.DOCKER_MANIFEST + "\"}";
    assertThrows(DavitException.class, () -> parse(MediaType.OCI_MANIFEST, own));
    assertEquals(MediaType.DOCKER_MANIFEST, parse("text/plain", own).mediaType());
  }

  @Test
  void schema1IsUnsupported() {
    var e = assertThrows(DavitException.class, () -> parse("", "{\"schemaVersion\":1}"));
    assertEquals(Kind.UNSUPPORTED, e.kind());
  }

  @Test
  void hugeAndDeepDocumentsAreInvalid() {
    assertThrows(DavitException.class, () -> parse("", " ".repeat(5 << 20) + "{}"));
    assertThrows(DavitException.class, () -> parse("", "{\"a\":".repeat(100_000)));
    String many = "{\"schemaVersion\":2,\"manifests\":[" + (PART + ",").repeat(3000) + PART + "]}";
    assertThrows(DavitException.class, () -> parse("", many));
  }

  private static Document parse(String declared, String text) {
    return Document.parse(declared, text.getBytes(UTF_8));
  }
}
