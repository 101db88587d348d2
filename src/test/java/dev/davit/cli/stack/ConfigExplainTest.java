package dev.davit.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.cli.Catalogue;
import dev.davit.cli.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigExplainTest {
  private static final Catalogue CATALOGUE = Catalogue.of(List.of(new ConfigCommand()), Map.of());

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    file(
        "a.yaml",
        """
        include: [part/compose.yaml]
        services:
          web:
            image: davit/host:${TAG:-1}
            ports: ["8080:80"]
          api:
            extends: {file: base.yaml, service: base}
        """);
    file(
        "b.yaml",
        """
        services:
          web:
            image: davit/host:b-${TAG}
            ports: !override ["9090:80"]
        """);
    file("base.yaml", "services:\n  base: {image: davit/host}\n");
    file("part/compose.yaml", "services:\n  db: {image: 'davit/host:${PG:-9}'}\n");
    file("part/.env", "PG=15\n");
    file("x.env", "TAG=7\n");
  }

  @Test
  void variableHasEverySourceAndEveryUse() {
    assertEquals(
        """
        TAG
          counts      "8"  environment of the command
          overridden  "7"  x.env:1:1
          used in     services.web.image: davit/host:b-${TAG}  b.yaml:3:12
        """,
        explain(Map.of("TAG", "8"), "TAG"));
  }

  @Test
  void variableOfAnIncludeIsSaidToCountThere() {
    assertEquals(
        """
        PG
          counts      "15"  part/.env:1:1 (inside the include)
          overridden  "9"  part/compose.yaml:2:15
                      included here: a.yaml:1:11
          used in     services.db.image: davit/host:${PG:-9}  part/compose.yaml:2:15
        """,
        explain(Map.of(), "PG"));
  }

  @Test
  void variableThatNobodyGivesIsEmpty() {
    assertEquals("NONE\n  nobody gives it a value: it becomes empty\n", explain(Map.of(), "NONE"));
  }

  @Test
  void pathHasWhatLaterFilesOverride() {
    assertEquals(
        """
        services.web.image
          counts      "davit/host:b-7"  b.yaml:3:12
          overridden  "davit/host:7"  a.yaml:4:12
        """,
        explain(Map.of(), "services.web.image"));
    assertEquals(
        """
        services.web.ports
          counts      "[{target: 80, protocol: tcp, published: 9090, mode: ingress}]"  b.yaml:4:5
          overridden  taken away  b.yaml:4:12
          overridden  "[{target: 80, protocol: tcp, published: 8080}]"  a.yaml:5:5
        """,
        explain(Map.of(), "services.web.ports"));
  }

  @Test
  void pathOfAnExtendedServiceHasTheWayThere() {
    assertEquals(
        """
        services.api.image
          counts      "davit/host"  base.yaml:2:17
                      extended by service "api": a.yaml:7:41
        """,
        explain(Map.of(), "services.api.image"));
  }

  @Test
  void strictIsMeantForHashesAndExplanationsToo() throws IOException {
    file(
        "odd.yaml",
        "services: {web: {image: davit/host, security_opt: ['writable-cgroups=true']}}\n");
    for (var what : List.of(List.of("--hash", "*"), List.of("--explain", "name"), List.of("-q"))) {
      var words = new ArrayList<>(List.of("-f", "odd.yaml", "config", "--strict"));
      words.addAll(what);
      TestSession session = TestSession.in(directory, Map.of());
      assertEquals(1, session.run(CATALOGUE, words.toArray(String[]::new)), what.toString());
      assertEquals("", session.out());
    }
  }

  private String explain(Map<String, String> env, String what) {
    TestSession session = TestSession.in(directory, env);
    String[] argv = {"-f", "a.yaml", "-f", "b.yaml", "--env-file", "x.env", "config"};
    var words = new ArrayList<>(List.of(argv));
    words.addAll(List.of("--explain", what));
    assertEquals(0, session.run(CATALOGUE, words.toArray(String[]::new)), session.err());
    return session.out();
  }

  private void file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
