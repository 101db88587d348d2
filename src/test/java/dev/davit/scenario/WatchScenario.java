package dev.davit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.scenario.Checks.Running;
import dev.davit.test.Intent;
import dev.davit.test.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// While a project is watched, what changes on the host must arrive in its containers, and nothing
/// else.
@Kernel
@Timeout(120)
class WatchScenario {
  private static final String WATCHED = "Watch enabled";

  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("UpAndDown");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private void web(String rules, String more) throws IOException {
    checks.file(
        """
        name: w
        services:
          web:
            image: davit/host
            command: sh -c "mkdir -p /srv/real; ln -sfn /srv/real /srv/link; exec sleep 1000"
            init: true
            %s
            develop:
              watch: [%s]
        """
            .formatted(more, rules));
    Files.createDirectories(path("src"));
  }

  private Path path(String name) {
    return checks.project().resolve(name);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.writeString(path(name), text);
  }

  private String read(String container, String file) {
    return checks.davit("exec", "-T", "--index", container, "web", "cat", file).succeeds().out();
  }

  private boolean isThere(String file) {
    return checks.davit("exec", "-T", "web", "test", "-e", file).code() == 0;
  }

  @Test
  @Intent("[watch] Watch")
  void whatChangesIsSyncedToAllReplicasAndWhatIsIgnoredIsNot() throws Exception {
    web("{path: src, action: sync, target: /srv/app, ignore: [ignored, \"*.log\"]}", "scale: 2");
    write("src/there", "from the beginning");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      assertFalse(isThere("/srv/app/there"));

      write("src/a", "one");
      Files.setPosixFilePermissions(path("src/a"), PosixFilePermissions.fromString("rwxr-x--x"));
      write("src/ignored/b", "secret");
      write("src/some.log", "noise");
      watch.says("Syncing service \"web\" after 1 changes were detected");
      watch.saysOnErr("Container w-web-1  Copied /srv/app/a");
      watch.saysOnErr("Container w-web-2  Copied /srv/app/a");
      assertEquals("one", read("1", "/srv/app/a"));
      assertEquals("one", read("2", "/srv/app/a"));
      assertEquals(
          "751 0 0\n",
          checks.davit("exec", "-T", "web", "stat", "-c", "%a %u %g", "/srv/app/a").out());
      assertFalse(isThere("/srv/app/ignored"));
      assertFalse(isThere("/srv/app/some.log"));

      write("src/deep/down/c", "three");
      watch.saysOnErr("w-web-2  Copied /srv/app/deep/down/c");
      assertEquals("three", read("2", "/srv/app/deep/down/c"));

      Files.move(path("src/deep"), path("src/moved"));
      watch.saysOnErr("w-web-2  Copied /srv/app/moved/down/c");
      assertEquals("three", read("1", "/srv/app/moved/down/c"));
      assertFalse(isThere("/srv/app/deep"));

      // The moved directory is watched at its new place.
      write("src/moved/down/d", "four");
      watch.saysOnErr("w-web-2  Copied /srv/app/moved/down/d");

      Files.delete(path("src/a"));
      watch.saysOnErr("w-web-2  Removed /srv/app/a");
      assertFalse(isThere("/srv/app/a"));
      watch.interrupt();
      assertEquals(130, watch.ended().code());
    }
  }

  @Test
  @Intent("[watch] Watch")
  void aRestartRuleRestartsAndSyncRestartSyncsBefore() throws Exception {
    web(
        "{path: ./config.ini, action: restart},"
            + " {path: src, action: sync+restart, target: /srv/app}",
        "");
    write("config.ini", "a=1");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      var before = checks.container("w-web-1");
      Files.writeString(path("config.ini.new"), "a=2");
      Files.move(
          path("config.ini.new"),
          path("config.ini"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      watch.says("service(s) [\"web\"] restarted");
      var after = checks.container("w-web-1");
      assertEquals(before.id(), after.id());
      assertNotEquals(before.state().startedAt(), after.state().startedAt());

      write("src/x", "new");
      watch.saysOnErr("restart web: " + path("src/x") + " has changed");
      watch.saysOnErr("w-web-1  Copied /srv/app/x");
      // It may be about to restart, and cp does not mind.
      checks.davit("cp", "web:/srv/app/x", path("back").toString()).succeeds();
      assertEquals("new", Files.readString(path("back")));
    }
  }

  @Test
  @Intent("[watch] WatchExec")
  void aCommandRunsAfterTheSyncAndItsFailureDoesNotEndTheWatch() throws Exception {
    web(
        "{path: src, action: sync+exec, target: /srv/app, exec: {command: [sh, -c,"
            + " \"cat /srv/app/*; echo \\\"$$WHO in $$PWD\\\"; exit $$CODE\"],"
            + " working_dir: /usr, environment: {WHO: me, CODE: 3}}}",
        "");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      write("src/a", "content a\n");
      watch.saysOnErr("web-1 ->  | content a");
      watch.saysOnErr("web-1 ->  | me in /usr");
      watch.saysOnErr("web hook exited with status 3");
      write("src/b", "content b\n");
      watch.saysOnErr("web-1 ->  | content b");
    }
  }

  @Test
  @Intent("[watch] WatchIncludes")
  void onlyWhatIsIncludedIsSynced() throws Exception {
    web(
        "{path: src, action: sync, target: /srv/app, include: [\"*.txt\", \"lib/**/*.txt\"],"
            + " ignore: [\"B.*\"]}",
        "");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      write("src/B.txt", "b");
      write("src/A.go", "a");
      write("src/lib/sub/A.txt", "a");
      write("src/A.txt", "a");
      watch.says("Syncing service \"web\" after 2 changes");
      watch.saysOnErr("Copied /srv/app/lib/sub/A.txt");
      assertTrue(isThere("/srv/app/A.txt"));
      assertFalse(isThere("/srv/app/A.go"));
      assertFalse(isThere("/srv/app/B.txt"));
    }
  }

  @Test
  @Intent("[watch] WatchSyncIntoSymlinkedDirectory")
  void aTargetBelowASymbolicLinkIsWhereTheLinkLeads() throws Exception {
    web("{path: src, action: sync, target: /srv/link}", "");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      write("src/a", "linked");
      watch.saysOnErr("Copied /srv/link/a");
      assertEquals("linked", read("1", "/srv/real/a"));
      assertEquals("/srv/real\n", checks.davit("exec", "-T", "web", "readlink", "/srv/link").out());
    }
  }

  @Test
  void initialSyncCopiesWhatIsThereAndAReplacedContainerGetsAllAgain() throws Exception {
    web("{path: src, action: sync, target: /srv/app, initial_sync: true}", "");
    write("src/there", "from the beginning");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      assertEquals("from the beginning", read("1", "/srv/app/there"));
      checks.davit("up", "-d", "-t", "0", "--force-recreate").succeeds();
      watch.says("for its new container w-web-1");
      write("src/later", "more");
      watch.saysOnErr("Copied /srv/app/later");
      assertEquals("from the beginning", read("1", "/srv/app/there"));
    }
  }

  @Test
  @Intent("[watch] Watch")
  void upWatchesBesideItsOutput() throws Exception {
    web("{path: src, action: sync, target: /srv/app}", "");
    try (Running up = checks.begin("up", "--watch", "-t", "0")) {
      up.says("⦿ " + WATCHED);
      write("src/a", "one");
      up.says("⦿ Syncing service \"web\" after 1 changes were detected");
      up.saysOnErr("Copied /srv/app/a");
      up.interrupt();
      assertEquals(130, up.ended().code());
    }
    assertFalse(checks.container("w-web-1").state().alive());
    checks.davit("up", "--watch", "--no-build").fails("--no-build and --watch are incompatible");
    checks.davit("up", "--watch", "-d").fails("--detach cannot be combined with");
  }

  @Test
  void whatChangesItsTypeAndWhatIsMountedBelow() throws Exception {
    web("{path: src, action: sync, target: /srv/app}", "volumes: [\"/srv/app/dir/kept\"]");
    write("src/dir/file", "x");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      write("src/dir/file", "y");
      write("src/other", "y");
      watch.saysOnErr("Copied /srv/app/other");
      checks.davit("exec", "-T", "web", "sh", "-c", "echo data > /srv/app/dir/kept/it").succeeds();

      Files.delete(path("src/dir/file"));
      Files.delete(path("src/dir"));
      Files.delete(path("src/other"));
      write("src/other/below", "z");
      watch.saysOnErr("Copied /srv/app/other/below");
      assertEquals("z", read("1", "/srv/app/other/below"));
      assertFalse(isThere("/srv/app/dir/file"));
      assertEquals("data\n", read("1", "/srv/app/dir/kept/it"));

      Files.delete(path("src/other/below"));
      Files.delete(path("src/other"));
      write("src/other", "a file again");
      watch.saysOnErr("Copied /srv/app/other\n");
    }
  }

  @Test
  void noLinkOfTheContainerLeadsOutOfIt() throws Exception {
    Path outside = Files.createDirectories(checks.run().resolve("outside"));
    Files.writeString(outside.resolve("precious"), "mine");
    web("{path: src, action: sync, target: /srv/evil}", "");
    write("src/precious", "from the beginning");
    try (Running watch = checks.begin("watch")) {
      watch.says(WATCHED);
      checks
          .davit("exec", "-T", "web", "ln", "-s", "../../../../../.." + outside, "/srv/evil")
          .succeeds();
      Files.delete(path("src/precious"));
      watch.saysOnErr("Removed /srv/evil/precious");
      assertEquals("mine", Files.readString(outside.resolve("precious")));
      checks.davit("exec", "-T", "web", "mkdir", "-p", outside.toString()).succeeds();
      write("src/a", "inside");
      watch.saysOnErr("Copied /srv/evil/a");
      assertEquals("inside", read("1", outside + "/a"));
      assertFalse(Files.exists(outside.resolve("a")));
    }
  }

  @Test
  void whatCannotBeFollowedIsSaidAtTheBeginning() throws Exception {
    web(
        "{path: src, action: sync, target: /srv/app}, {path: lib, action: rebuild},"
            + " {path: mounted/sub, action: sync, target: /srv/other}",
        "build: {context: .}\n    volumes: [\"./mounted:/srv/mounted\"]");
    Files.createDirectories(path("mounted/sub"));
    try (Running watch = checks.begin("watch")) {
      watch.saysOnErr("\"rebuild\" waits for builds, which Davit has not yet");
      watch.saysOnErr("is a bind mount of the service too, so it is not watched");
      watch.says(WATCHED);
      write("src/a", "x");
      watch.saysOnErr("Copied /srv/app/a");
    }
    web("{path: src, action: rebuild}", "");
    checks.davit("watch").fails("with action rebuild without a build context");
    web("{path: src, action: sync+exec, target: /x}", "");
    checks.davit("watch").fails("with action sync+exec without a command");
    checks.file("services: {web: {image: davit/host}}");
    checks.davit("watch").fails("none of the selected services is configured for watch");
  }

  @Test
  void theSampleDoesWhatItSays() throws Exception {
    Path sample = Path.of("compose-samples", "host-watch");
    checks.file(Files.readString(sample.resolve("compose.yaml")));
    write("greeting.conf", Files.readString(sample.resolve("greeting.conf")));
    write("site/index.txt", Files.readString(sample.resolve("site/index.txt")));
    try (Running up = checks.begin("-p", "w", "up", "--watch", "-t", "0")) {
      up.says("⦿ " + WATCHED);
      up.says("| Hello\n");
      write("site/index.txt", "Hello again\n");
      up.says("| Hello again\n");
      up.saysOnErr("files that are served: 1");
      write("greeting.conf", "GREETING=\"Good evening\"\n");
      up.says("| Good evening");
    }
  }
}
