package dev.davit.registry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryTest {
  private static final Map<String, String> NAMES =
      Map.of(
          "registry.example", "203.0.113.5",
          "storage.example", "198.51.100.7",
          "inside.example", "10.1.2.3",
          "rebound.example", "127.0.0.1");

  private static List<InetAddress> resolve(String host) throws UnknownHostException {
    String known = NAMES.getOrDefault(host, host);
    if (!known.matches("[0-9.]+|.*:.*")) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.ofLiteral(known));
  }

  private static Boundary of(String base, String... trusted) {
    return new Boundary(Origin.of(URI.create(base)), Set.of(trusted), BoundaryTest::resolve);
  }

  private static void check(Boundary boundary, String to) {
    boundary.check(URI.create(boundary.origin().toString()), URI.create(to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/x",
        "https://127.1.2.3/x",
        "https://[::1]:8443/x",
        "https://[::]/x",
        "https://0.0.0.0/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/x",
        "https://[::ffff:169.254.169.254]/x",
        "https://[64:ff9b::a9fe:a9fe]/x",
        "https://[2002:7f00:1::]/x",
        "https://10.0.0.1/x",
        "https://172.16.0.1/x",
        "https://192.168.1.1/x",
        "https://100.100.100.200/x",
        "https://[fd00:ec2::254]/x",
        "https://rebound.example/x",
        "https://inside.example/x",
        "http://storage.example/x",
        "ftp://storage.example/x",
        "file:///etc/shadow",
        "unix:///run/docker.sock",
        "https://user:secret@storage.example/x"
      })
  void aPublicRegistryMayNotSendUs(String to) {
    assertThrows(RegistryException.class, () -> check(of("https://registry.example"), to));
  }

  @Test
  void aPublicRegistryMaySendUsToPublicStorageAndWhereItIsTrusted() {
    check(of("https://registry.example"), "https://storage.example/blob?signature=x");
    check(of("https://registry.example", "10.0.0.1"), "https://10.0.0.1/x");
  }

  @Test
  void whoIsNearMaySendUsAsNearButNotToTheLink() {
    check(of("http://127.0.0.1:5000"), "http://127.0.0.1:9000/x");
    check(of("https://inside.example"), "https://192.168.1.1/x");
    Boundary inside = of("https://inside.example");
    assertThrows(RegistryException.class, () -> check(inside, "https://127.0.0.1/x"));
    Boundary here = of("http://127.0.0.1:5000");
    assertThrows(RegistryException.class, () -> check(here, "http://169.254.169.254/x"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://registry-1.docker.io, https://auth.docker.io/token, true",
    "https://registry.gitlab.com, https://gitlab.com/jwt/auth, true",
    "https://ghcr.io, https://ghcr.io/token, true",
    "https://ghcr.io, https://evil.io/token, false",
    "https://registry.example, https://evil.example/token, false",
    "https://registry-1.docker.io, https://docker.io.evil.com/token, false",
    "https://203.0.113.5, https://203.0.113.6/token, false"
  })
  void whoGetsThePassword(String registry, String realm, boolean may) {
    assertEquals(may, of(registry).mayHaveCredentials(URI.create(realm)));
  }

  @Test
  void trustedHostsGetThePassword() {
    Boundary trusting = of("https://registry.example", "login.other.example");
    assertTrue(trusting.mayHaveCredentials(URI.create("https://login.other.example/t")));
    assertFalse(trusting.mayHaveCredentials(URI.create("https://other.example/t")));
  }

  @Test
  void signaturesInQueriesAreNotShown() {
    var refused =
        assertThrows(
            RegistryException.class,
            () -> check(of("https://registry.example"), "https://127.0.0.1/x?signature=secret"));
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
    assertDoesNotThrow(() -> check(of("https://registry.example"), "https://storage.example/"));
  }
}
