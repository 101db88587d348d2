package dev.davit.registry.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.compose.load.ComposeFileException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SitesFileTest {
  private static final Path FILE = Path.of("/etc/davit/registries.yaml");

  private static Sites parse(String text) {
    return SitesFile.parse(FILE, text);
  }

  private static String failure(String text) {
    return assertThrows(ComposeFileException.class, () -> parse(text)).getMessage();
  }

  @Test
  void everyRegistryMayHaveMirrorsAndAuthorities() {
    Sites sites =
        parse(
            """
            registries:
              docker.io:
                mirrors: [https://mirror.example/hub, "http://10.0.0.5:5000/"]
              intern.example:5000:
                ca: ca.crt
                certificate: /tls/own.crt
                key: /tls/own.key
                trust: store.example
              old.example:
                plain-http: true
            """);
    Site hub = sites.of("docker.io");
    assertEquals(List.of(URI.create("https://registry-1.docker.io")), hub.bases());
    assertEquals(2, hub.mirrors().size());
    assertEquals(
        List.of(URI.create("http://10.0.0.5:5000")), sites.mirror(hub.mirrors().get(1)).bases());
    Site intern = sites.of("intern.example:5000");
    assertEquals(List.of(Path.of("/etc/davit/ca.crt")), intern.tls().authorities());
    assertEquals(
        Optional.of(new Tls.Identity(Path.of("/tls/own.crt"), Path.of("/tls/own.key"))),
        intern.tls().identity());
    assertEquals(Set.of("store.example"), intern.trusted());
    assertTrue(intern.tls().verify());
    assertEquals(List.of(URI.create("http://old.example")), sites.of("old.example").bases());
  }

  @Test
  void onlyWhatIsOnThisMachineIsSpokenToWithoutTlsUnasked() {
    Sites sites = Sites.usual();
    for (String here : List.of("localhost:5000", "127.0.0.1:5000", "127.9.9.9", "[::1]:5000")) {
      assertEquals(2, sites.of(here).bases().size(), here);
      assertFalse(sites.of(here).tls().verify(), here);
    }
    for (String there : List.of("localhost.example", "127.0.0.1.example", "10.0.0.1:5000")) {
      assertEquals(List.of(URI.create("https://" + there)), sites.of(there).bases());
      assertTrue(sites.of(there).tls().verify(), there);
    }
  }

  @Test
  void unknownKeyIsAnErrorWithItsPlace() {
    String message =
        failure(
            """
            registries:
              docker.io:
                miror: https://mirror.example
            """);
    assertTrue(message.startsWith(FILE + ":3:5: error"), message);
    assertTrue(message.contains("unknown key \"miror\""), message);
  }

  @Test
  void whatIsNoUrlAndWhatIsNoFlagAreErrors() {
    assertTrue(failure("registries: {a.example: {mirrors: ['ftp://x']}}").contains("no address"));
    assertTrue(
        failure("registries: {a.example: {mirrors: ['https://u:p@x']}}").contains("no address"));
    assertTrue(failure("registries: {a.example: {insecure: maybe}}").contains("true or false"));
    assertTrue(failure("registries: {a.example: {key: k}}").contains("belong together"));
    assertTrue(failure("registries: [a]").contains("a mapping is wanted"));
  }
}
