package dev.davit.cli.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.registry.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final Credential ANN = new Credential.Password("ann", "pass:word");

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("config.json"), text);
  }

  @Test
  void whatIsPutIsReadAgainAndNobodyElseReadsIt() throws IOException {
    Path file = directory.resolve("new/config.json");
    ConfigFile config = ConfigFile.read(file);
    config.put("registry.example:5000", ANN);
    config.write();
    assertEquals(Optional.of(ANN), ConfigFile.read(file).credential("registry.example:5000"));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        """
        {
        \t"auths": {
        \t\t"registry.example:5000": {
        \t\t\t"auth": "YW5uOnBhc3M6d29yZA=="
        \t\t}
        \t}
        }\
        """,
        Files.readString(file));
  }

  @Test
  void otherKeysStayAndALinkIsFollowed() throws IOException {
    Path real = Files.writeString(directory.resolve("real.json"), "{\"psFormat\": \"x\"}");
    Path link = Files.createSymbolicLink(directory.resolve("config.json"), real);
    ConfigFile config = ConfigFile.read(link);
    config.put("a", ANN);
    config.write();
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.readString(real).contains("\"psFormat\": \"x\""));
  }

  @Test
  void oldKeysAreUrls() throws IOException {
    ConfigFile config =
        ConfigFile.read(
            file(
                """
                {"auths": {"https://registry.example/v2/": {"auth": "YW5uOnBhc3M6d29yZA=="}}}\
                """));
    assertEquals(Optional.of(ANN), config.credential("registry.example"));
    assertEquals(Optional.empty(), config.credential("registry.example:5000"));
    assertTrue(config.remove("registry.example"));
    assertFalse(config.remove("registry.example"));
  }

  @Test
  void anIdentityTokenIsNoPassword() throws IOException {
    ConfigFile config =
        ConfigFile.read(
            file("{\"auths\": {\"a\": {\"auth\": \"YW5uOg==\", \"identitytoken\": \"t\"}}}"));
    assertEquals(Optional.of(new Credential.IdentityToken("ann", "t")), config.credential("a"));
  }

  @Test
  void aHelperOfTheServerComesBeforeTheOneOfAll() throws IOException {
    ConfigFile config =
        ConfigFile.read(file("{\"credsStore\": \"all\", \"credHelpers\": {\"a\": \"one\"}}"));
    assertEquals(Optional.of("one"), config.helper("a"));
    assertEquals(Optional.of("all"), config.helper("b"));
  }

  @Test
  void brokenFileIsNamedAndLeftAlone() throws IOException {
    Path file = file("{\"auths\": ");
    var failure = assertThrows(DavitException.class, () -> ConfigFile.read(file));
    assertTrue(failure.getMessage().contains(file.toString()));
    assertEquals("{\"auths\": ", Files.readString(file));
  }

  @Test
  void serversHaveOneNameHoweverTheyAreTyped() {
    assertEquals("docker.io", Server.parse("").domain());
    assertEquals("docker.io", Server.parse("https://index.docker.io/v1/").domain());
    assertEquals("https://index.docker.io/v1/", Server.parse("docker.io").key());
    assertEquals("ghcr.io", Server.parse("https://GHCR.io/v2/").key());
  }
}
