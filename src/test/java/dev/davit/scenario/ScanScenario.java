package dev.davit.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.davit.test.Kernel;
import dev.davit.test.Tar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is in an image must be told whatever the image looks like, and nothing of the host.
@Kernel
@Timeout(120)
class ScanScenario {
  private static final String STATUS =
      "Package: libc6\nStatus: install ok installed\nSource: glibc\nArchitecture: amd64\nVersion: 2.36-9+deb12u3\n\n";

  @TempDir private Path temp;
  private Checks checks;

  @BeforeEach
  void open() throws Exception {
    checks = new Checks("Images");
  }

  @AfterEach
  void close() throws Exception {
    checks.close();
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return out.toByteArray();
  }

  private static byte[] jar(String group, String artifact, String version) throws IOException {
    String pom = "groupId=%s\nartifactId=%s\nversion=%s\n".formatted(group, artifact, version);
    return zip(
        Map.of(
            "META-INF/maven/%s/%s/pom.properties".formatted(group, artifact), pom.getBytes(UTF_8)));
  }

  private void image(Tar tar, String name) throws Exception {
    Path file = Files.write(temp.resolve("image.tar"), tar.end());
    checks.davit("import", file.toString(), name).succeeds();
  }

  private Tar debian() throws IOException {
    byte[] inner = jar("org.example", "inner", "1.2.3");
    return new Tar()
        .directory("etc")
        .file("usr/lib/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"\n")
        .symlink("etc/os-release", "../usr/lib/os-release")
        .file("var/lib/dpkg/status", STATUS)
        .file("var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a\n")
        .file("app/app.jar", zip(Map.of("BOOT-INF/lib/inner-1.2.3.jar", inner)));
  }

  @Test
  void packagesAreListedAndMatchedAgainstAdvisories() throws Exception {
    image(debian(), "ex/debian");
    checks
        .davit("scan", "ex/debian")
        .succeeds()
        .says("libc6")
        .says("tzdata")
        .says("/app/app.jar!BOOT-INF/lib/inner-1.2.3.jar");
    Path db = Files.createDirectory(temp.resolve("db"));
    Files.writeString(
        db.resolve("A.json"),
        """
        {"id":"DSA-1","summary":"bad","database_specific":{"severity":"HIGH"},"affected":[
          {"package":{"ecosystem":"Debian:12","name":"glibc"},"ranges":[{"type":"ECOSYSTEM",
           "events":[{"introduced":"0"},{"fixed":"2.36-9+deb12u4"}]}]}]}""");
    String table = checks.davit("scan", "--db", db.toString(), "ex/debian").succeeds().out();
    assertEquals(
        List.of("SEVERITY", "high"), table.lines().map(line -> line.split(" ", 2)[0]).toList());
    checks.davit("scan", "--db", db.toString(), "--fail-on", "high", "ex/debian").failsWith(2);
    checks.davit("scan", "--db", db.toString(), "--fail-on", "critical", "ex/debian").succeeds();
    checks.davit("scan", "--fail-on", "high", "ex/debian").fails("--db");
    checks.davit("scan", "--fail-on", "bad", "ex/debian").fails("unknown severity");
    checks.davit("scan", "--format", "xml", "ex/debian").fails("unknown format");
    checks.davit("scan", "--db", "nothing", "ex/debian").fails("no directory");
    checks.davit("scan", "nothing").fails("is not here");
    JsonNode bom = json("--format", "cyclonedx", "--db", db.toString(), "ex/debian");
    assertEquals("1.6", bom.path("specVersion").asString());
    JsonNode wrong = bom.path("vulnerabilities").get(0);
    String reference = wrong.path("affects").get(0).path("ref").asString();
    List<String> purls = new ArrayList<>();
    for (JsonNode component : bom.path("components")) {
      if (component.path("bom-ref").asString().equals(reference)) {
        purls.add(component.path("purl").asString());
      }
    }
    assertEquals(
        List.of("pkg:deb/debian/libc6@2.36-9%2Bdeb12u3?arch=amd64&distro=debian-12"), purls);
  }

  private JsonNode json(String... words) {
    var all = new ArrayList<>(List.of("scan"));
    all.addAll(List.of(words));
    return JsonMapper.builder()
        .build()
        .readTree(checks.davit(all.toArray(String[]::new)).succeeds().out());
  }

  @Test
  void spdxDocumentRelatesEveryPackageToTheImage() throws Exception {
    image(debian(), "ex/debian");
    JsonNode document = json("--format", "spdx", "ex/debian");
    assertEquals("SPDX-2.3", document.path("spdxVersion").asString());
    var described = new ArrayList<String>();
    document.path("packages").forEach(each -> described.add(each.path("SPDXID").asString()));
    var related = new ArrayList<String>();
    document
        .path("relationships")
        .forEach(each -> related.add(each.path("relatedSpdxElement").asString()));
    assertEquals(described, related);
    assertEquals(4, described.size());
  }

  @Test
  void jarThatDoesNotSayItsGroupIsAPossibleMatch() throws Exception {
    byte[] manifest =
        "Manifest-Version: 1.0\nBundle-SymbolicName: org.other.wire\n".getBytes(UTF_8);
    var jar = Map.of("META-INF/MANIFEST.MF", manifest, "org/other/wire/A.class", new byte[] {1});
    image(
        new Tar()
            .file("lib/wire-1.2.jar", zip(jar))
            .file("lib/silent.jar", zip(Map.of("a/B.class", new byte[] {1}))),
        "ex/jars");
    Path db = Files.createDirectory(temp.resolve("db"));
    Files.writeString(
        db.resolve("A.json"),
        """
        {"id":"GHSA-1","database_specific":{"severity":"HIGH"},"affected":[
          {"package":{"ecosystem":"Maven","name":"com.acme:wire"},"versions":["1.2"]}]}""");
    Checks.Ran ran = checks.davit("scan", "--db", db.toString(), "ex/jars").succeeds();
    ran.says("possible").says("org.other:wire");
    assertEquals(true, ran.err().contains("1 of them Java archives whose group is a guess"));
    assertEquals(true, ran.err().contains("/lib/silent.jar says no version"), ran.err());
    checks.davit("scan", "--db", db.toString(), "--fail-on", "high", "ex/jars").failsWith(2);
    JsonNode bom = json("--format", "cyclonedx", "--db", db.toString(), "ex/jars");
    JsonNode mark = bom.path("vulnerabilities").get(0).path("properties").get(0);
    assertEquals("davit:possible-match", mark.path("name").asString());
    assertEquals(
        bom.path("components").get(0).path("bom-ref").asString(), mark.path("value").asString());
    assertEquals(
        true, checks.davit("scan", "--format", "spdx", "ex/jars").out().contains("it is a guess"));
  }

  @Test
  void databaseOfRpmIsRead() throws Exception {
    byte[] database = Files.readAllBytes(Path.of("src/test/resources/dev/davit/scan/rpmdb.sqlite"));
    image(
        new Tar()
            .file("etc/os-release", "ID=rocky\nVERSION_ID=9.3\n")
            .file("var/lib/rpm/rpmdb.sqlite", database)
            .file("var/lib/rpm/rpmdb.sqlite-wal", "x"),
        "ex/rpm");
    var ran = checks.davit("scan", "ex/rpm").succeeds().says("1:3.0.7-24.el9");
    assertFalse(ran.out().contains("gpg-pubkey"));
    assertEquals(43, ran.out().lines().count());
    assertEquals(true, ran.err().contains("rpmdb.sqlite-wal has changes"), ran.err());
  }

  @Test
  void hostileImageShowsNothingOfTheHostAndStopsNoScan() throws Exception {
    Path secret = Files.writeString(temp.resolve("secret"), STATUS.replace("libc6", "secret"));
    byte[] bomb = new byte[64 << 20];
    image(
        new Tar()
            .symlink("etc/os-release", "../../../../../../etc/os-release")
            .symlink("var/lib/dpkg/status", secret.toString())
            .symlink("var/lib/dpkg/status.d", temp.toString())
            .fifo("lib/apk/db/installed")
            .fifo("a.jar")
            .symlink("b.jar", secret.toString())
            .symlink("loop", "loop")
            .character("c.jar", 1, 5)
            .file("d.jar", "no archive at all")
            .file("e.jar", zip(Map.of("x/y.jar", bomb, "z.jar", new byte[] {1, 2})))
            .file("f.jar", jar("g", "\u001b[31mred", "1"))
            .file("var/lib/rpm/rpmdb.sqlite", "SQLite format 3\0 but broken"),
        "ex/hostile");
    var ran = checks.davit("scan", "ex/hostile").succeeds();
    assertFalse(ran.out().contains("secret"), ran.out());
    assertFalse(ran.out().contains("\u001b"), ran.out());
    assertEquals(2, ran.out().lines().count(), ran.out());
    assertEquals(true, ran.err().contains("no known distribution"), ran.err());
    assertEquals(true, ran.err().contains("rpmdb.sqlite cannot be read"), ran.err());
  }
}
