package dev.davit.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String DIGEST =
      "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "redis, docker.io/library/redis:latest, redis",
    "redis:7.2-alpine, docker.io/library/redis:7.2-alpine, redis:7.2-alpine",
    "davit/host, docker.io/davit/host:latest, davit/host",
    "docker.io/library/redis, docker.io/library/redis:latest, redis",
    "docker.io/redis, docker.io/library/redis:latest, redis",
    "index.docker.io/a/b:c, docker.io/a/b:c, a/b:c",
    "localhost/app, localhost/app:latest, localhost/app",
    "localhost:5000/app, localhost:5000/app:latest, localhost:5000/app",
    "ghcr.io/a/b/c:v1, ghcr.io/a/b/c:v1, ghcr.io/a/b/c:v1",
    "a/b__c--d.e, docker.io/a/b__c--d.e:latest, a/b__c--d.e",
    "'[::1]:5000/x', '[::1]:5000/x:latest', '[::1]:5000/x'",
  })
  void parseMakesTheFullName(String text, String full, String familiar) {
    assertEquals(full, Reference.parse(text).toString());
    assertEquals(familiar, Reference.parse(text).familiar());
    assertEquals(Reference.parse(text), Reference.parse(full));
  }

  @Test
  void parseWithDigestAddsNoTag() {
    var reference = Reference.parse("redis@" + DIGEST);
    assertTrue(reference.tag().isEmpty());
    assertEquals("redis@" + DIGEST, reference.familiar());
    assertEquals("7", Reference.parse("redis:7@" + DIGEST).tag().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":7",
        "Redis",
        "a//b",
        "/a",
        "a/",
        "a:",
        "a:-x",
        "a b",
        "a@sha256:12",
        "-a",
        "a..b",
        "a___b",
        "exa_mple.com/x",
        "../etc",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      })
  void parseWhenItIsNoReferenceSaysSo(String text) {
    var error = assertThrows(DavitException.class, () -> Reference.parse(text));
    assertEquals(Kind.INVALID, error.kind());
    assertEquals("invalid image reference \"" + text + "\"", error.getMessage());
  }

  @Test
  void parseWhenUpperCaseSaysWhatToDo() {
    var error = assertThrows(DavitException.class, () -> Reference.parse("a/Redis"));
    assertEquals("write the repository in lower case", error.action().orElseThrow());
  }
}
