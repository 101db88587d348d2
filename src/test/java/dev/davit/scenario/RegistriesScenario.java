package dev.davit.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.image.Descriptor;
import dev.davit.image.Digest;
import dev.davit.image.Platform;
import dev.davit.test.Certificates;
import dev.davit.test.Kernel;
import dev.davit.test.LocalRegistry;
import dev.davit.test.LocalRegistry.Options;
import dev.davit.test.OciLayout;
import dev.davit.test.Tar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A registry must be used by its commands alone, whatever it wants of its clients: from the login
/// to the stack that runs its image, and no more after the logout.
@Kernel(needs = {"docker-registry", "skopeo", "openssl", "htpasswd"})
@Timeout(180)
class RegistriesScenario {
  private static final String SECRET = "a long: secret";

  @TempDir private Path temp;
  private Checks checks;
  private OciLayout layout;
  private Descriptor image;
  private String domain = "";

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("Registries");
    layout = new OciLayout(temp.resolve("layout"));
    byte[] base = Tar.busybox("sh", "sleep", "cat").end();
    byte[] random = new byte[200_000];
    new Random(7).nextBytes(random);
    byte[] top = new Tar().file("text", "from a registry").file("random", random).end();
    image = layout.image(Platform.ofThisMachine(), base, top);
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private LocalRegistry registry(Options options) throws IOException {
    var server = LocalRegistry.start(Files.createDirectory(temp.resolve("registry")), options);
    domain = server.domain();
    return server;
  }

  /// Lines of a file as `htpasswd` writes it.
  private static String htpasswd(String user, String password) throws Exception {
    var process = new ProcessBuilder("htpasswd", "-nbB", user, password).start();
    String line = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor());
    return line;
  }

  private Map<String, String> env() {
    var env = new HashMap<String, String>();
    env.put("REGISTRY", domain);
    env.put("DOCKER_CONFIG", temp.resolve("docker").toString());
    env.put("DAVIT_REGISTRIES", registriesFile().toString());
    env.put("PATH", temp + ":" + System.getenv("PATH"));
    return env;
  }

  private Path registriesFile() {
    return temp.resolve("registries.yaml");
  }

  private Path config() {
    return temp.resolve("docker/config.json");
  }

  private Checks.Ran davit(String... argv) {
    return checks.davit(env(), argv);
  }

  private Checks.Ran login(String password) {
    return checks.davitWith(password, env(), "login", "-u", "ada", "--password-stdin", domain);
  }

  private String box() {
    return domain + "/shop/box:1";
  }

  /// The image is here under the registry's name, as an archive brings it.
  private void load() {
    Path archive = temp.resolve("box.tar");
    if (!Files.exists(archive)) {
      layout.ociArchive(image, archive, box());
    }
    davit("load", "-q", "-i", archive.toString()).succeeds().says(box());
  }

  private void remove() {
    davit("image", "rm", box()).succeeds();
    assertEquals("", davit("image", "ls", "-q", domain + "/shop/box").succeeds().out());
  }

  /// Push, forget, pull, forget, run: the digest is the same all the way.
  private void roundTrip() {
    load();
    davit("image", "push", box()).succeeds().says("1: digest: " + image.digest());
    remove();
    davit("image", "pull", box()).succeeds().says("Digest: " + image.digest());
    remove();
    davit("up", "-d").succeeds();
    davit("exec", "-T", "web", "cat", "/text").succeeds().says("from a registry");
    davit("image", "inspect", "-f", "{{json .RepoDigests}}", box())
        .succeeds()
        .says("\"%s/shop/box@%s\"".formatted(domain, image.digest()));
    davit("image", "verify", "--all").succeeds();
    davit("down", "-v").succeeds();
    remove();
  }

  private void trustTheAuthority(Certificates certificates) throws IOException {
    Files.writeString(
        registriesFile(),
        "registries:\n  \"%s\":\n    ca: %s\n".formatted(domain, certificates.authority()));
  }

  @Test
  void plainRegistryWantsNothing() throws Exception {
    Files.writeString(registriesFile(), "registries: {}\n");
    try (var server = registry(Options.PLAIN)) {
      roundTrip();
      assertEquals(image.digest(), Digest.of(OciLayout.raw(server.domain() + "/shop/box:1")));
      davit("logout", domain).succeeds().says("Not logged in to " + domain);
      assertFalse(Files.exists(config()), "a logout without a login writes no file");
    }
  }

  @Test
  void registryWithTlsIsBelievedWhenItsAuthorityIsConfigured() throws Exception {
    Certificates certificates = Certificates.make(temp);
    Certificates others = Certificates.make(Files.createDirectory(temp.resolve("others")));
    try (var _ = registry(Options.PLAIN.with(certificates.server()))) {
      trustTheAuthority(others);
      load();
      davit("image", "push", box()).fails("signed by nobody");
      davit("image", "pull", domain + "/other:1").fails("signed by nobody");
      trustTheAuthority(certificates);
      roundTrip();
    }
  }

  @Test
  void registryWithTlsAndPasswordsServesWhoIsLoggedIn() throws Exception {
    Certificates certificates = Certificates.make(temp);
    Options options =
        Options.PLAIN.with(certificates.server()).withPassword(htpasswd("ada", SECRET));
    try (var _ = registry(options)) {
      trustTheAuthority(certificates);
      load();
      davit("image", "push", box()).fails("gives no access").fails("davit login " + domain);
      Files.createDirectories(config().getParent());
      Files.writeString(config(), "{\n\t\"psFormat\": \"{{.ID}}\"\n}");
      byte[] before = Files.readAllBytes(config());
      login("wrong\n").fails("registry \"%s\"".formatted(domain)).fails("ada");
      assertArrayEquals(before, Files.readAllBytes(config()), "a refused login changes nothing");
      Checks.Ran empty = login("");
      empty.fails("stdin has no password");

      Checks.Ran logged = login(SECRET + "\n");
      logged.succeeds().says("Login Succeeded");
      String written = Files.readString(config());
      assertTrue(written.contains("\"psFormat\": \"{{.ID}}\""), written);
      assertTrue(written.contains("\"%s\"".formatted(domain)), written);
      assertFalse(logged.out().contains(SECRET) || logged.err().contains(SECRET));
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config())));
      davit("login", domain).succeeds().says("Login Succeeded");

      roundTrip();
      skopeoAgrees(certificates);

      davit("logout", domain).succeeds().says("Removing login credentials for " + domain);
      assertFalse(Files.readString(config()).contains(domain));
      davit("image", "pull", box()).fails("gives no access").fails("davit login " + domain);
      davit("up", "-d").fails("gives no access").fails("compose.yaml:4");
      assertEquals("", davit("ps", "-aq").out());
    }
  }

  /// Another client with the login that `davit login` wrote: what it pushes is pulled here, what is
  /// pushed here it reads.
  private void skopeoAgrees(Certificates certificates) throws Exception {
    Path trusted = Files.createDirectory(temp.resolve("trusted"));
    Files.copy(certificates.authority(), trusted.resolve("ca.crt"));
    String auth = config().toString();
    Descriptor other =
        layout.image(Platform.ofThisMachine(), new Tar().file("a", "of skopeo").end());
    String name = domain + "/shop/skopeo:1";
    layout.push(
        other, name, "--dest-tls-verify=true", "--authfile", auth, "--dest-cert-dir", "" + trusted);
    davit("image", "pull", name).succeeds().says("Digest: " + other.digest());
    davit("tag", name, domain + "/shop/back:1").succeeds();
    davit("image", "push", domain + "/shop/back:1").succeeds();
    byte[] raw =
        OciLayout.raw(
            domain + "/shop/back:1",
            "--tls-verify=true",
            "--authfile",
            auth,
            "--cert-dir",
            "" + trusted);
    assertEquals(other.digest(), Digest.of(raw));
    davit("image", "rm", name, domain + "/shop/back:1").succeeds();
  }

  @Test
  void credentialHelperKeepsThePassword() throws Exception {
    Files.writeString(registriesFile(), "registries: {}\n");
    Path kept = temp.resolve("kept");
    Path helper = temp.resolve("docker-credential-box");
    Files.writeString(
        helper,
        """
        #!/bin/sh
        cd %s || exit 1
        case $1 in
        store) cat >kept ;;
        get) [ -e kept ] || { echo 'credentials not found in native keychain'; exit 1; }; cat kept ;;
        erase) cat >erased; rm -f kept ;;
        esac
        """
            .formatted(temp));
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(config().getParent());
    Files.writeString(config(), "{\"credsStore\": \"box\"}");
    try (var _ = registry(Options.PLAIN.withPassword(htpasswd("ada", SECRET)))) {
      load();
      davit("image", "push", box()).fails("davit login " + domain);
      login("wrong").fails("ada");
      assertFalse(Files.exists(kept), "the helper is told of no login that was refused");
      Checks.Ran logged = login(SECRET);
      logged.succeeds();
      assertFalse(logged.err().contains("config.json"), logged.err());
      String told = Files.readString(kept);
      assertTrue(told.contains(SECRET) && told.contains("\"" + domain + "\""), told);
      String file = Files.readString(config());
      assertFalse(file.contains("\"auth\""), file);
      roundTrip();
      davit("logout", domain).succeeds();
      assertEquals(domain, Files.readString(temp.resolve("erased")).strip());
      davit("image", "pull", box()).fails("davit login " + domain);
      Files.writeString(config(), "{\"credHelpers\": {\"%s\": \"none\"}}".formatted(domain));
      davit("image", "pull", box()).fails("\"docker-credential-none\" is not installed");
    }
  }
}
