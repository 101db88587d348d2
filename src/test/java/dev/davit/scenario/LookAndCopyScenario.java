package dev.davit.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A stack that runs must be seen as it is, and its files must come and go as they are.
@Kernel
@Timeout(120)
class LookAndCopyScenario {
  @TempDir private Path temp;
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("LookAndCopy");
    checks.davit("up", "-d").succeeds();
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private String inside(String service, int index, String path) {
    return checks.davit("exec", "-T", "--index=" + index, service, "cat", path).succeeds().out();
  }

  @Test
  @Intent("[cp] Copy")
  void cpTargetsAllReplicasOrOneAndCopiesBothWays() throws Exception {
    Path file = Files.writeString(temp.resolve("hello"), "hello");
    checks.davit("cp", file.toString(), "web:/srv/").succeeds();
    assertEquals("hello", inside("web", 1, "/srv/hello"));
    assertEquals("hello", inside("web", 2, "/srv/hello"));
    Files.writeString(file, "second");
    checks.davit("cp", "--index=2", file.toString(), "web:/srv/hello").succeeds();
    assertEquals("hello", inside("web", 1, "/srv/hello"));
    assertEquals("second", inside("web", 2, "/srv/hello"));
    checks.davit("cp", "web:/srv/hello", temp.resolve("back").toString()).succeeds();
    assertEquals("hello", Files.readString(temp.resolve("back")));
    checks.davit("cp", "--index=2", "web:/srv/.", temp.resolve("all").toString()).succeeds();
    assertEquals("second", Files.readString(temp.resolve("all/hello")));
    checks.davit("cp", "web:/srv/none", temp.toString()).fails("no file \"/srv/none\"");
    checks.davit("cp", "web:/a", "db:/b").fails("between services");
    checks.davit("--dry-run", "cp", file.toString(), "web:/srv/dry").succeeds();
    checks.davit("cp", "web:/srv/dry", temp.toString()).fails("no file");
  }

  @Test
  void cpReachesVolumesOfAContainerThatDoesNotRun() throws Exception {
    checks.davit("stop", "db").succeeds();
    checks.davit("cp", "db:/data/seed", temp.resolve("seed").toString()).succeeds();
    assertEquals("seed\n", Files.readString(temp.resolve("seed")));
    Path file = Files.writeString(temp.resolve("new"), "new");
    checks.davit("cp", file.toString(), "db:/data").succeeds();
    checks.davit("cp", file.toString(), "db:/ro/x").fails("read-only");
    checks.davit("start", "db").succeeds();
    assertEquals("new", inside("db", 1, "/data/new"));
  }

  @Test
  void cpRefusesWhatIsThereOnlyWhileTheContainerRuns() throws Exception {
    checks.file(
        """
        name: unseen
        services:
          web:
            image: davit/host
            init: true
            command: sleep 1000
            tmpfs: [/scratch]
            configs: [{source: text, target: /srv/text}]
        configs: {text: {content: hello}}
        """);
    checks.davit("up", "-d").succeeds();
    Path file = Files.writeString(temp.resolve("file"), "x");
    checks.davit("cp", file.toString(), "web:/scratch/").succeeds();
    checks.davit("cp", "web:/srv/text", temp.resolve("text").toString()).succeeds();
    checks.davit("stop").succeeds();
    checks.davit("cp", file.toString(), "web:/scratch/").fails("is there only while it runs");
    checks.davit("cp", "web:/srv/text", temp.toString()).fails("is there only while it runs");
  }

  @Test
  @Intent("[export] Export")
  @Intent("[export] ExportWithReplicas")
  void exportWritesTheFileSystemOfTheReplicaAsTar() throws Exception {
    checks.davit("down", "-v").succeeds();
    checks.file(almostEmpty());
    checks.davit("up", "-d").succeeds();
    checks.davit("exec", "-T", "--index=2", "web", "sh", "-c", "echo two > /srv/mine").succeeds();
    Path tar = temp.resolve("web.tar");
    checks
        .davit("export", "-o", tar.toString(), "--index=2", "web")
        .fails("--host-files")
        .fails("davit container diff export-web-2");
    checks.davit("container", "export", "-o", tar.toString(), "export-web-2").fails("--host-files");
    assertFalse(Files.exists(tar), "what was refused has left a file");
    checks.davit("export", "--host-files", "-o", tar.toString(), "--index=2", "web").succeeds();
    String listing = listing(tar);
    assertTrue(listing.contains("\nsrv/mine\n"), "no srv/mine");
    assertTrue(listing.contains("\nproc/\n"), "no proc");
    assertFalse(listing.contains("\nproc/1/"), "proc is not empty");
    checks
        .davit("container", "export", "--host-files", "-o", tar.toString(), "export-web-1")
        .succeeds();
    assertFalse(listing(tar).contains("\nsrv/mine\n"), "srv/mine is not of the first one");
  }

  // What is mounted is not exported: with binds over the host's large directories little is left.
  private static String almostEmpty() throws Exception {
    var mounts = new StringBuilder();
    try (var directories = Files.list(Path.of("/"))) {
      directories
          .filter(it -> Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS))
          .filter(
              it ->
                  !List.of("/proc", "/sys", "/dev", "/etc", "/srv", "/run", "/tmp")
                      .contains(it.toString()))
          .forEach(it -> mounts.append("      - %s:%s:ro\n".formatted(it, it)));
    }
    return """
    name: export
    services:
      web:
        image: davit/host
        init: true
        scale: 2
        command: sleep 1000
        volumes:
    %s\
    """
        .formatted(mounts);
  }

  private static String listing(Path tar) throws Exception {
    Process process = new ProcessBuilder("tar", "tf", tar.toString()).start();
    String listing = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor());
    return "\n" + listing;
  }

  @Test
  @Intent("[ps] Ps")
  void psShowsWhatIsThere() {
    checks.davit("ps").succeeds().says("look-web-2").says("NAME").says("0.0.0.0:");
    checks
        .davit("ps", "--format", "json", "web")
        .succeeds()
        .says("\"Publishers\":[{\"URL\":\"0.0.0.0\",\"TargetPort\":80")
        .says("\"Service\":\"web\"");
    checks.davit("ps", "--format", "{{.Name}}:{{.State}}").says("look-db-1:running\n");
    checks.davit("stop", "db").succeeds();
    assertFalse(checks.davit("ps").out().contains("look-db-1"));
    checks.davit("ps", "-a").says("look-db-1");
    checks.davit("ps", "--status", "exited", "--services").says("db\n");
    checks.davit("ps", "wbe").fails("no such service");
    checks.davit("ps", "--format", "{{.Nmae}}").fails("did you mean \"Name\"?");
  }

  @Test
  @Intent("[ps] PsHonorsPsFormat")
  void psTakesTheFormatOfDockersConfig() throws Exception {
    Files.writeString(temp.resolve("config.json"), "{\"psFormat\": \"<{{.Service}}>\"}");
    Map<String, String> env = Map.of("DOCKER_CONFIG", temp.toString());
    checks.davit(env, "ps", "db").succeeds().says("<db>\n");
    checks.davit(env, "ps", "--format", "table", "db").says("NAME");
  }

  @Test
  @Intent("[logs] LocalComposeLogs")
  void logsComeInOneOrderOrOfOneReplica() throws Exception {
    checks.logged("look-web-1", "hello");
    checks.logged("look-web-2", "hello");
    checks.logged("look-db-1", "ready");
    String all = checks.davit("logs", "--no-log-prefix", "-t").succeeds().out();
    List<String> stamps = all.lines().map(line -> line.split(" ", 2)[0]).toList();
    assertEquals(stamps.stream().sorted().toList(), stamps);
    String one = checks.davit("logs", "--index=2", "web").succeeds().out();
    assertTrue(one.contains("web-2"), one);
    assertFalse(one.contains("web-1"), one);
    checks.davit("logs", "--index=2").fails("exactly one service");
  }

  @Test
  @Intent("[events] EventsUnknownService")
  void eventsOfAnUnknownServiceFail() {
    checks.davit("events", "nope").fails("no such service");
    checks
        .davit("events", "--json", "--since", "10m", "--until", "0s", "db")
        .succeeds()
        .says("\"action\":\"start\"")
        .says("\"service\":\"db\"");
  }

  @Test
  void topStatsPortImagesAndVolumesShowTheirTables() {
    // Its init has not made its program yet when it has only just been started.
    checks.davit("exec", "db", "sh", "-c", "until pgrep -x sleep; do :; done").succeeds();
    checks.davit("top", "db").succeeds().says("SERVICE   #   UID").says("sleep");
    checks.davit("stats", "--no-stream").succeeds().says("CPU %").says("look-web-1");
    checks
        .davit("stats", "--no-stream", "--format", "{{.Name}} {{.PIDs}}", "db")
        .says("look-db-1 ");
    assertTrue(checks.davit("port", "web", "80").succeeds().out().matches("0\\.0\\.0\\.0:\\d+\n"));
    checks.davit("port", "web", "81").fails("no port 81/tcp");
    checks.davit("images").succeeds().says("davit/host").says("latest");
    checks.davit("volumes", "-q").succeeds().says("look_data\n");
    checks.davit("volumes", "--format", "json").says("\"Name\":\"look_data\"");
    checks.davit("ls", "--filter", "name=^look$", "-q").says("look\n");
  }

  @Test
  void hostImageIsNotCommitted() {
    checks.davit("commit", "db", "x").fails("the files of the host");
  }
}
