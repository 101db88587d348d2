package dev.davit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandsTest {
  private static final SystemdUnit UNIT =
      new SystemdUnit(
          Path.of("/opt/davit"), Path.of("/srv/100%"), Path.of("/run/davit"), Path.of("/opt/jdk"));

  @TempDir Path directory;

  private TestSession davit(int code, String... argv) {
    var commands = new InstallCommands(UNIT, directory.resolve("units"), directory.resolve("run"));
    var session = TestSession.in(directory, Map.of());
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
