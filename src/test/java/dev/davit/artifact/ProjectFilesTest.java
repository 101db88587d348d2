package dev.davit.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.artifact.ProjectFile.Role;
import dev.davit.error.DavitException;
import dev.davit.image.Digest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProjectFilesTest {
  private static final Path HERE = Path.of("/shop");
  private final Map<String, String> files = new LinkedHashMap<>();

  private ProjectFiles.Published publish(boolean withEnv, String... names) {
    return ProjectFiles.of(
        new ProjectFiles.Given(
            HERE,
            List.of(names).stream().map(HERE::resolve).toList(),
            Map.of("STAGE", "prod"),
            withEnv,
            file ->
                Optional.ofNullable(files.get(HERE.relativize(file).toString()))
                    .map(text -> text.getBytes(UTF_8))));
  }

  private static String hash(String path) {
    return Digest.of(path.getBytes(UTF_8)).hex();
  }

  @Test
  void everyReferenceHoldsBesideAndEveryOtherByteStays() {
    files.put(
        "compose.yaml",
        """
        x-env: &env [web.env]   # shared
        services:
          web: {image: "nginx:${TAG}", env_file: *env, extends: {file: 'base/b.yaml', service: base}}
          é😀: {image: web.env, env_file: &one web.env, x-after: web.env}
          more:
            env_file: ["web.env", {path: "${STAGE}.env", required: false}, none.env]
        """);
    files.put("web.env", "A=1\n");
    files.put("prod.env", "B=2\n");
    files.put(
        "base/b.yaml",
        """
        services:
          base: {image: b, extends: {file: ../deeper.yaml, service: d}, env_file: own.env}
          lost: {extends: {file: nowhere.yaml, service: d}}
        """);
    files.put("base/own.env", "C=3\n");
    files.put(
        "deeper.yaml", "services: {d: {image: d, extends: {file: base/b.yaml, service: base}}}\n");
    List<ProjectFile> published = publish(true, "compose.yaml").files();
    assertEquals(
        """
        x-env: &env [WEB.env]   # shared
        services:
          web: {image: "nginx:${TAG}", env_file: *env, extends: {file: 'BASE.yaml', service: base}}
          é😀: {image: web.env, env_file: &one WEB.env, x-after: web.env}
          more:
            env_file: ["WEB.env", {path: "PROD.env", required: false}, none.env]
        """
            .replace("WEB", hash("web.env"))
            .replace("BASE", hash("base/b.yaml"))
            .replace("PROD", hash("prod.env")),
        published.getFirst().text());
    assertEquals(
        List.of(
            "compose.yaml",
            hash("base/b.yaml") + ".yaml",
            hash("deeper.yaml") + ".yaml",
            hash("web.env") + ".env",
            hash("prod.env") + ".env",
            hash("base/own.env") + ".env"),
        published.stream().map(ProjectFile::name).toList());
    assertEquals(
        List.of(
            Role.COMPOSE,
            Role.EXTENDED,
            Role.EXTENDED,
            Role.ENVIRONMENT,
            Role.ENVIRONMENT,
            Role.ENVIRONMENT),
        published.stream().map(ProjectFile::role).toList());
    assertTrue(published.get(1).text().contains("file: " + hash("deeper.yaml") + ".yaml"));
    assertTrue(published.get(1).text().contains("env_file: " + hash("base/own.env") + ".env"));
    assertTrue(published.get(1).text().contains("file: nowhere.yaml"));
    assertEquals("B=2\n", published.get(4).text());
  }

  @Test
  void environmentFilesStayBehindUnlessTheyAreAskedFor() {
    files.put("compose.yaml", "services: {web: {image: a, env_file: web.env}}\n");
    files.put("web.env", "TOKEN=ghp_1234567890abcdefghijklmnopqrstuvwxyz\n");
    ProjectFiles.Published without = publish(false, "compose.yaml");
    assertEquals(1, without.files().size());
    assertEquals(files.get("compose.yaml"), without.files().getFirst().text());
    assertEquals(List.of(), without.disclosures().secrets());
    assertEquals(
        List.of("web.env:1: GitHub token ghp_..."),
        publish(true, "compose.yaml").disclosures().secrets());
  }

  @Test
  void aLocalIncludeIsRefusedAndARemoteOneKept() {
    files.put("compose.yaml", "include:\n  - oci://example.com/a/b:1\n  - path: [db.yaml]\n");
    var refused = assertThrows(DavitException.class, () -> publish(true, "compose.yaml"));
    assertEquals(
        "compose.yaml:3:12: cannot publish compose file with local includes", refused.getMessage());
    files.put("compose.yaml", "include:\n  - oci://example.com/a/b:1\n");
    assertEquals(
        files.get("compose.yaml"), publish(true, "compose.yaml").files().getFirst().text());
  }

  @Test
  void whatNobodyWouldFetchIsRefused() {
    files.put("compose.yaml", "services: {web: {image: a, env_file: web.env}}\n");
    files.put("web.env", "#".repeat((4 << 20) + 1));
    publish(false, "compose.yaml");
    var refused = assertThrows(DavitException.class, () -> publish(true, "compose.yaml"));
    assertEquals(
        "file \"web.env\" is too large to be published: more than 4 MB", refused.getMessage());
    files.put("compose.yaml", "#".repeat((4 << 20) + 1));
    assertThrows(DavitException.class, () -> publish(false, "compose.yaml"));
  }

  @Test
  void aNameThatCannotBeReplacedIsRefused() {
    files.put("compose.yaml", "services: {web: {env_file: \"we\\x62.env\"}}\n");
    files.put("web.env", "");
    var refused = assertThrows(DavitException.class, () -> publish(true, "compose.yaml"));
    assertTrue(refused.getMessage().startsWith("compose.yaml:1:28: the file name \"web.env\""));
  }

  @Test
  void whatFilesSayIsToldFromWhatTheyLeaveOpen() {
    files.put(
        "compose.yaml",
        """
        services:
          db:
            environment:
              MYSQL_ROOT_PASSWORD: toto
              API_KEY: "pa$$word"
              DB_PASSWORD: "${DB_PASSWORD}"
              PASSWORD_FILE: /run/secrets/p
              COMPASS: north
              MONKEY: banana
              SECRET:
          list:
            environment: [AUTH_TOKEN=t, "PASS=$PASS", KEEP]
            env_file: []
            label_file: [a.labels]
        configs:
          literal: {content: "a=b"}
          open: {content: "a=${B}"}
        secrets:
          key: {file: key.pem}
        """);
    Disclosures said = publish(false, "compose.yaml").disclosures();
    assertEquals(
        List.of(
            "service \"db\": literal value for \"API_KEY\", \"MYSQL_ROOT_PASSWORD\"",
            "service \"list\": literal value for \"AUTH_TOKEN\""),
        said.environment());
    assertEquals(List.of("config \"literal\""), said.contents());
    assertEquals(List.of("a.labels", "key.pem"), said.leftBehind());
  }
}
