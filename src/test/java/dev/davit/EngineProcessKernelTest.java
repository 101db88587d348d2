package dev.davit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.EngineHome.Ran;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A real client process that starts a real engine process, in directories of their own.
@Kernel
@Timeout(90)
class EngineProcessKernelTest {
  @TempDir Path directory;
  private EngineHome home;

  @BeforeEach
  void makeHome() throws IOException {
    home = new EngineHome(directory);
  }

  @AfterEach
  void stopEngine() throws Exception {
    davit("engine", "stop");
  }

  @Test
  void theFirstCommandStartsAnEngineApartFromTheTerminal() throws Exception {
    assertEquals(new Ran(0, "Davit version development\n", ""), davit("version"));
    long pid = enginePid();
    String[] stat =
        Files.readString(Path.of("/proc/" + pid + "/stat")).split("\\) ", 2)[1].split(" ", 5);
    assertEquals(Long.toString(pid), stat[3], "its own session");
    assertEquals("/", Files.readSymbolicLink(Path.of("/proc/" + pid + "/cwd")).toString());
    assertEquals("rwx------", permissions(directory.resolve("root")));
    assertEquals("rwx------", permissions(directory.resolve("run")));
    assertEquals("rw-------", permissions(directory.resolve("run/engine.sock")));
    davit("version");
    assertEquals(pid, enginePid(), "the second command uses the same engine");
  }

  @Test
  void anUnknownCommandExits1() throws Exception {
    assertEquals(
        new Ran(
            1,
            "",
            """
            davit: error[DV0602]: unknown command "versoin"
              | davit versoin
              |       ^^^^^^^
              = help: did you mean "version"? see 'davit --help'
            """),
        davit("versoin"));
  }

  @Test
  void stopEndsTheProcessAndStatusSaysSo() throws Exception {
    assertEquals(new Ran(3, "engine is not running\n", ""), davit("engine", "status"));
    davit("engine", "start");
    ProcessHandle engine = ProcessHandle.of(enginePid()).orElseThrow();
    assertEquals(0, davit("engine", "status").code());
    assertEquals(0, davit("engine", "stop").code());
    engine.onExit().get(10, TimeUnit.SECONDS); // its end is reported when its parent reaps it
    assertFalse(Files.exists(directory.resolve("run/engine.sock")));
  }

  @Test
  void anEngineKilledInASessionIsReportedAndReplaced() throws Exception {
    davit("engine", "start");
    Process following = start("engine", "logs", "--follow");
    following.getInputStream().read(); // the session is under way
    ProcessHandle.of(enginePid()).orElseThrow().destroyForcibly();
    assertEquals(125, following.waitFor());
    assertEquals(
        "davit: connection to the engine is lost\n       see 'davit engine logs'\n",
        text(following.getErrorStream().readAllBytes()));
    assertEquals(0, davit("version").code());
  }

  @Test
  void anEndedFollowExits143() throws Exception {
    davit("engine", "start");
    Process following = start("engine", "logs", "--follow");
    following.getInputStream().read();
    new ProcessBuilder("kill", "-TERM", Long.toString(following.pid())).start().waitFor();
    assertEquals(143, following.waitFor());
  }

  @Test
  void aSecondEngineOnTheSameDataIsRefused() throws Exception {
    davit("engine", "start");
    ProcessBuilder second = client("version");
    second.environment().put("DAVIT_RUN", directory.resolve("run2").toString());
    Ran refused = ran(second.start());
    assertEquals(125, refused.code());
    assertTrue(
        refused.err().contains("is held by the engine with pid " + enginePid()), refused.err());
  }

  @Test
  void anEngineWhoseRunDirectoryIsRemovedEndsAndTheNextCommandGoesOn() throws Exception {
    davit("engine", "start");
    ProcessHandle engine = ProcessHandle.of(enginePid()).orElseThrow();
    removeRunDirectory();
    engine.onExit().get(20, TimeUnit.SECONDS);
    String log = Files.readString(directory.resolve("root/log/engine.log"));
    assertTrue(log.contains("run has been removed: no command reaches this engine"), log);
    assertEquals(0, davit("version").code());
    assertNotEquals(engine.pid(), enginePid());
  }

  @Test
  void anEngineWithoutASocketIsStopped() throws Exception {
    davit("engine", "start");
    ProcessHandle engine = ProcessHandle.of(enginePid()).orElseThrow();
    ProcessBuilder elsewhere = client("engine", "stop");
    elsewhere.environment().put("DAVIT_RUN", directory.resolve("run2").toString());
    assertEquals(
        new Ran(0, "engine stopped, containers keep running\n", ""), ran(elsewhere.start()));
    assertFalse(engine.isAlive());
  }

  @Test
  void anEngineOfOtherDataIsNotAsked() throws Exception {
    davit("engine", "start");
    long pid = enginePid();
    for (String[] words : new String[][] {{"version"}, {"engine", "stop"}}) {
      ProcessBuilder other = client(words);
      other.environment().put("DAVIT_ROOT", directory.resolve("root2").toString());
      Ran refused = ran(other.start());
      assertEquals(125, refused.code());
      assertTrue(refused.err().contains("not of DAVIT_ROOT"), refused.err());
    }
    assertEquals(pid, enginePid());
    assertEquals(0, davit("version").code());
  }

  private void removeRunDirectory() throws IOException {
    try (var files = Files.walk(directory.resolve("run"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Test
  void anEngineOfAnotherBuildIsReplaced() throws Exception {
    davit("version");
    long before = enginePid();
    Files.setLastModifiedTime(jar(), FileTime.fromMillis(1_000_000));
    assertEquals(0, davit("version").code());
    assertNotEquals(before, enginePid());
  }

  @Test
  void anEngineThatCannotStartSaysWhy() throws Exception {
    Files.writeString(directory.resolve("root"), "a file");
    Ran ran = davit("version");
    assertEquals(125, ran.code());
    assertTrue(ran.err().startsWith("davit: "), ran.err());
    assertFalse(ran.err().contains("\tat "), ran.err());
    Files.delete(directory.resolve("root"));
  }

  private Path jar() {
    return home.jar();
  }

  private long enginePid() throws IOException {
    return home.enginePid();
  }

  private Ran davit(String... argv) throws Exception {
    return home.davit(argv);
  }

  private Process start(String... argv) throws IOException {
    return home.start(argv);
  }

  private ProcessBuilder client(String... argv) {
    return home.client(List.of(), argv);
  }

  private static Ran ran(Process process) throws Exception {
    return EngineHome.ran(process);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
