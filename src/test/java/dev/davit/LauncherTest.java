package dev.davit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./davit` builds where there is no build and where sources are newer than it. The build and java
/// are stand-ins that write down that they ran.
class LauncherTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  /// What the launcher needs of its surroundings.
  private static final Map<String, String> STAND_INS =
      Map.of(
          "mvnw", "echo build >>log; touch target/davit.jar target/davit-client.jar",
          ".mvn/find-jdk.sh", "davit_find_jdk() { JAVA_HOME=$home; }",
          "bin/java", "true",
          "bin/id", "echo 0",
          "src/main/java/Engine.java", "",
          "examples/shop/compose.yaml", "",
          ".git/index", "");

  @TempDir Path home;

  @BeforeEach
  void checkOut() throws IOException {
    for (Map.Entry<String, String> file : STAND_INS.entrySet()) {
      write(file.getKey(), "#!/bin/sh\n" + file.getValue() + "\n");
    }
    for (String file : List.of("davit", ".mvn/first-use.sh", "pom.xml")) {
      write(file, Files.readString(Path.of(file)));
    }
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(THEN));
      }
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    file.toFile().setExecutable(true);
  }

  @Test
  void firstRunBuildsAndTheNextDoesNot() throws Exception {
    assertEquals(1, builds());
    assertEquals(1, builds());
  }

  @Test
  void newerSourcesAreBuiltWhereGitChangedThem() throws Exception {
    assertEquals(1, builds());
    touch("src/main/java/Engine.java");
    touch(".git/index");
    assertEquals(2, builds());
  }

  @Test
  void workTreesHaveTheirIndexElsewhere() throws Exception {
    Files.createDirectory(home.resolve("repository of it"));
    Files.move(home.resolve(".git/index"), home.resolve("repository of it/index"));
    Files.delete(home.resolve(".git"));
    write(".git", "gitdir: " + home.resolve("repository of it") + "\n");
    assertEquals(1, builds());
    touch("src/main/java/Engine.java");
    touch("repository of it/index");
    assertEquals(2, builds());
  }

  @Test
  void whatGitChangesBesidesSourcesIsLookedAtOnce() throws Exception {
    assertEquals(1, builds());
    touch(".git/index");
    assertEquals(1, builds());
    touch("target/davit.env");
    touch("src/main/java/Engine.java");
    assertEquals(1, builds(), "not looked for again");
  }

  /// Later than all that was done before.
  private void touch(String name) throws IOException {
    Instant latest = THEN;
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.toList()) {
        Instant time = Files.getLastModifiedTime(file).toInstant();
        latest = time.isAfter(latest) ? time : latest;
      }
    }
    Files.setLastModifiedTime(home.resolve(name), FileTime.from(latest.plusSeconds(2)));
  }

  /// How often it was built, once `./davit` ran again.
  private int builds() throws Exception {
    var builder = new ProcessBuilder(home.resolve("davit").toString(), "ps").inheritIO();
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    assertEquals(0, builder.start().waitFor(), "exit status");
    return Files.readAllLines(home.resolve("log")).size();
  }
}
