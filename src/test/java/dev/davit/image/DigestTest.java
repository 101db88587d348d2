package dev.davit.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void namesTheBytesWhoseHashItIs() {
    Digest digest = Digest.of(new byte[0]);
    assertEquals("sha256:" + EMPTY, digest.toString());
    assertEquals(digest, Digest.parse("sha256:" + EMPTY));
    assertTrue(digest.names(new byte[0]));
    assertFalse(digest.names("x".getBytes(UTF_8)));
    assertEquals("e3b0c44298fc", digest.brief());
  }

  @Test
  void sha512IsKnown() {
    var hash = Digest.Algorithm.SHA512.hash().digest(new byte[0]);
    Digest digest = Digest.of(Digest.Algorithm.SHA512, hash);
    assertEquals(digest, Digest.parse(digest.toString()));
    assertTrue(digest.names(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256",
        "sha256:",
        "sha256:abc",
        EMPTY,
        "sha256:" + EMPTY + "0",
        "sha256:" + EMPTY + "\n",
        "SHA256:" + EMPTY,
        "sha256:E3B0C44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha256:../../../../etc/passwd",
        "sha512:" + EMPTY,
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256+b64:" + EMPTY
      })
  void anythingElseIsInvalid(String text) {
    var e = assertThrows(DavitException.class, () -> Digest.parse(text));
    assertEquals(Kind.INVALID, e.kind());
  }
}
