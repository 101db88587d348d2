package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandsTest {
  private static final SystemdUnit UNIT =
      new SystemdUnit(
          Path.of("/opt/davit"),
          Path.of("/srv/100%"),
          Path.of("/run/davit"),
          Path.of("/opt/jdk"),
          Map.of());

  @TempDir Path directory;

  private TestSession davit(int code, String... argv) {
    return davit(Map.of(), code, argv);
  }

  private TestSession davit(Map<String, String> env, int code, String... argv) {
    var commands =
        new InstallCommands(
            new EngineIdentity("1", "", 1, Instant.EPOCH, UNIT.root(), UNIT.run()),
            UNIT.home(),
            UNIT.java(),
            directory.resolve("units"),
            directory.resolve("run"));
    var session = TestSession.in(directory, env);
    assertEquals(code, session.run(Catalogue.of(List.of(commands), Map.of()), argv), session.err());
    return session;
  }

  private Path unit() {
    return directory.resolve("units/davit.service");
  }

  private Path link() {
    return directory.resolve("units/multi-user.target.wants/davit.service");
  }

  @Test
  void theUnit() {
    Golden.check("cli/davit.service", UNIT.print());
  }

  @Test
  void installWritesAndEnablesOnceAndUninstallTakesItBack() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    assertTrue(davit(0, "install").out().contains("enabled it"));
    assertEquals(UNIT.print(), Files.readString(unit()));
    assertEquals(unit(), Files.readSymbolicLink(link()));
    assertTrue(davit(0, "install").out().contains("installed already"));
    davit(0, "uninstall");
    assertFalse(Files.exists(unit()) || Files.exists(link(), LinkOption.NOFOLLOW_LINKS));
    assertTrue(davit(0, "uninstall").out().contains("is not installed"));
  }

  @Test
  void theUnitKeepsWhatTheEngineIsConfiguredWith() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    Map<String, String> env =
        Map.of("DAVIT_LAYER_LIMIT", "20g", "DAVIT_IMAGE_BUDGET", "100G", "DAVIT_HISTORY", "x");
    TestSession installed = davit(env, 0, "install");
    assertTrue(installed.out().contains("with DAVIT_IMAGE_BUDGET=100G\n"), installed.out());
    String written = Files.readString(unit());
    assertTrue(
        written.contains(
            """
            Environment="DAVIT_IMAGE_BUDGET=100G"
            Environment="DAVIT_LAYER_LIMIT=20g"
            ExecStart="/opt/davit/davit" engine start
            """),
        written);
    assertFalse(written.contains("HISTORY"), written);
    assertTrue(davit(env, 0, "install").out().contains("installed already"));
    assertTrue(
        davit(Map.of("DAVIT_IMAGE_BUDGET", "much"), 1, "install")
            .err()
            .contains("invalid size \"much\" in DAVIT_IMAGE_BUDGET"));
    assertEquals(written, Files.readString(unit()));
    davit(Map.of("DAVIT_IMAGE_BUDGET", ""), 0, "install");
    assertEquals(UNIT.print(), Files.readString(unit()));
  }

  @Test
  void whatSystemdWouldReadOtherwiseIsEscaped() {
    var unit =
        new SystemdUnit(
            Path.of("/opt/a $b"),
            Path.of("/srv/\"100%\"\\"),
            Path.of("/run/davit"),
            Path.of("/opt/jdk"),
            Map.of("X", "a b\n\"c\" \\ $d %e"));
    String text = unit.print();
    assertTrue(text.contains("ExecStart=\"/opt/a $$b/davit\" engine start\n"), text);
    assertTrue(text.contains("RequiresMountsFor=\"/opt/a $b\" \"/srv/\\\"100%%\\\"\\\\\" "), text);
    assertTrue(text.contains("Environment=\"X=a b\\n\\\"c\\\" \\\\ $d %%e\"\n"), text);
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    assertTrue(davit(0, "--dry-run", "install").out().contains("ExecStart="));
    assertFalse(Files.exists(unit()));
  }

  @Test
  void withoutSystemdItSaysWhatToDo() {
    assertTrue(davit(1, "install").err().contains("/opt/davit/davit engine start"));
  }

  @Test
  void aUnitOfSomebodyElseStays() throws IOException {
    Files.createDirectories(directory.resolve("run"));
    Files.createDirectories(directory.resolve("units"));
    Files.writeString(unit(), "[Unit]\n");
    assertTrue(davit(1, "install").err().contains("was not written by davit"));
    assertTrue(davit(1, "uninstall").err().contains("was not written by davit"));
    assertEquals("[Unit]\n", Files.readString(unit()));
  }
}
