package dev.davit.scan.osv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.error.DavitException;
import dev.davit.scan.Inventory;
import dev.davit.scan.Os;
import dev.davit.scan.PackageType;
import dev.davit.scan.SoftwarePackage;
import dev.davit.scan.SoftwarePackage.Origin;
import dev.davit.scan.osv.AdvisoryDirectory.Matched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryDirectoryTest {
  private static final Os DEBIAN = new Os("debian", "12", "Debian 12");

  @TempDir private Path temp;

  private void advisory(String id, String rest) throws IOException {
    Files.writeString(temp.resolve(id + ".json"), "{\"id\":\"%s\",%s}".formatted(id, rest));
  }

  private static String affected(String ecosystem, String name, String events) {
    return "\"affected\":[{\"package\":{\"ecosystem\":\"%s\",\"name\":\"%s\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[%s]}]}]"
        .formatted(ecosystem, name, events);
  }

  private static SoftwarePackage deb(String version) {
    return new SoftwarePackage(
        PackageType.DEB, "libc6", version, "amd64", new Origin("glibc", version), "/x");
  }

  private Matched match(Os os, SoftwarePackage... packages) {
    return new AdvisoryDirectory(temp).match(new Inventory(os, List.of(packages), List.of()));
  }

  private List<String> ids(Os os, SoftwarePackage... packages) {
    return match(os, packages).findings().stream()
        .map(it -> it.advisory().id() + " " + it.fixed())
        .toList();
  }

  @Test
  void sourcePackageIsAffectedFromItsIntroductionUntilItsFix() throws IOException {
    String events = "{\"introduced\":\"2.30\"},{\"fixed\":\"2.36-9+deb12u4\"}";
    advisory("A", affected("Debian:12", "glibc", events));
    assertEquals(List.of("A 2.36-9+deb12u4"), ids(DEBIAN, deb("2.36-9+deb12u3")));
    assertEquals(List.of(), ids(DEBIAN, deb("2.36-9+deb12u4")));
    assertEquals(List.of(), ids(DEBIAN, deb("2.29")));
    assertEquals(List.of(), ids(new Os("debian", "11", ""), deb("2.36-9+deb12u3")));
  }

  @Test
  void eventsNeedNotBeInOrderAndMayBeginAgain() throws IOException {
    String events =
        "{\"fixed\":\"3\"},{\"introduced\":\"0\"},{\"introduced\":\"5\"},{\"last_affected\":\"6\"}";
    advisory("A", affected("Debian:12", "glibc", events));
    assertEquals(List.of("A 3"), ids(DEBIAN, deb("1")));
    assertEquals(List.of(), ids(DEBIAN, deb("4")));
    assertEquals(List.of("A "), ids(DEBIAN, deb("6")));
    assertEquals(List.of(), ids(DEBIAN, deb("6.1")));
  }

  @Test
  void withdrawnAdvisoriesAndCommitsAreAboutNothing() throws IOException {
    advisory(
        "A",
        "\"withdrawn\":\"2024-01-01T00:00:00Z\","
            + affected("Debian:12", "glibc", "{\"introduced\":\"0\"}"));
    advisory(
        "B", affected("Debian:12", "glibc", "{\"introduced\":\"0\"}").replace("ECOSYSTEM", "GIT"));
    assertEquals(List.of(), ids(DEBIAN, deb("1")));
  }

  @Test
  void singleVersionsAreAffectedToo() throws IOException {
    advisory(
        "A",
        "\"affected\":[{\"package\":{\"ecosystem\":\"Debian:12\",\"name\":\"glibc\"},\"versions\":[\"7\"]}]");
    assertEquals(List.of("A "), ids(DEBIAN, deb("7")));
    assertEquals(List.of(), ids(DEBIAN, deb("7.1")));
  }

  @Test
  void releasesOfDistributionsAreTold() throws IOException {
    String any = "{\"introduced\":\"0\"}";
    advisory("Alpine", affected("Alpine:v3.19", "openssl", any));
    advisory("Ubuntu", affected("Ubuntu:22.04:LTS", "glibc", any));
    advisory("Pro", affected("Ubuntu:Pro:22.04:LTS", "glibc", any));
    advisory("Rhel", affected("Red Hat:enterprise_linux:9::baseos", "libc6", any));
    advisory("Rocky", affected("Rocky Linux:9", "libc6", any));
    advisory("Maven", affected("Maven", "org.x:y", any));
    var apk =
        new SoftwarePackage(
            PackageType.APK, "libcrypto3", "3", "", new Origin("openssl", "3"), "/x");
    var rpm =
        new SoftwarePackage(PackageType.RPM, "libc6", "3-1", "", new Origin("glibc", "3-1"), "/x");
    var jar =
        new SoftwarePackage(
            PackageType.MAVEN, "org.x:y", "1", "", new Origin("org.x:y", "1"), "/x");
    assertEquals(List.of("Alpine "), ids(new Os("alpine", "3.19.1", ""), apk));
    assertEquals(List.of(), ids(new Os("alpine", "3.18.1", ""), apk));
    assertEquals(List.of("Ubuntu "), ids(new Os("ubuntu", "22.04", ""), deb("1")));
    assertEquals(List.of("Rhel "), ids(new Os("rhel", "9.3", ""), rpm));
    assertEquals(List.of(), ids(new Os("rhel", "8.9", ""), rpm));
    assertEquals(List.of("Rocky "), ids(new Os("rocky", "9.3", ""), rpm));
    assertEquals(List.of("Maven "), ids(Os.UNKNOWN, jar));
    assertEquals(List.of("Maven "), ids(DEBIAN, jar));
  }

  @Test
  void severityIsWhatTheDistributionSaysThenWordsThenTheScore() throws IOException {
    String any = affected("Debian:12", "glibc", "{\"introduced\":\"0\"}");
    String cvss =
        "\"severity\":[{\"type\":\"CVSS_V3\",\"score\":\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],";
    advisory("Score", cvss + any);
    advisory("Word", cvss + "\"database_specific\":{\"severity\":\"MODERATE\"}," + any);
    advisory(
        "Own",
        cvss
            + any.replace("\"ranges\"", "\"ecosystem_specific\":{\"urgency\":\"low\"},\"ranges\""));
    advisory("None", any);
    assertEquals(
        List.of("Score CRITICAL", "Word MEDIUM", "Own LOW", "None UNKNOWN"),
        match(DEBIAN, deb("1")).findings().stream()
            .map(it -> it.advisory().id() + " " + it.severity())
            .toList());
  }

  @Test
  void scoresAreThoseOfTheSpecification() {
    assertEquals(9.8, CvssScore.of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"));
    assertEquals(10.0, CvssScore.of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"));
    assertEquals(6.1, CvssScore.of("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N"));
    assertEquals(5.5, CvssScore.of("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H"));
    assertEquals(7.8, CvssScore.of("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"));
    assertEquals(0, CvssScore.of("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"));
    assertEquals(0, CvssScore.of("CVSS:3.1/AV:Q"));
  }

  @Test
  void fileThatIsNoAdvisoryIsAnErrorThatNamesIt() throws IOException {
    Files.writeString(temp.resolve("bad.json"), "{\"id\":");
    var e = assertThrows(DavitException.class, () -> match(DEBIAN));
    assertTrue(String.valueOf(e.getMessage()).contains("bad.json"), e.getMessage());
    Files.writeString(temp.resolve("bad.json"), "{}");
    assertThrows(DavitException.class, () -> match(DEBIAN));
    assertThrows(DavitException.class, () -> new AdvisoryDirectory(temp.resolve("no")));
  }

  @Test
  void howManyAreAboutTheDistributionIsCounted() throws IOException {
    advisory("A", affected("Debian:12", "other", "{\"introduced\":\"0\"}"));
    advisory("B", affected("Alpine:v3.19", "glibc", "{\"introduced\":\"0\"}"));
    Matched matched = match(DEBIAN, deb("1"));
    assertEquals(List.of(2L, 1L), List.of(matched.advisories(), matched.relevant()));
  }

  private static SoftwarePackage jar(String name, String version, boolean isGuess) {
    var origin = new Origin(name, version);
    return new SoftwarePackage(PackageType.MAVEN, name, version, "", origin, "/a.jar", isGuess);
  }

  private List<String> matches(SoftwarePackage... packages) {
    return match(DEBIAN, packages).findings().stream()
        .map(it -> it.advisory().id() + " " + it.software().name() + " " + it.match())
        .toList();
  }

  @Test
  void aGuessedGroupIsMatchedByTheArtifactAloneAndSaysSo() throws IOException {
    String events = "{\"introduced\":\"1\"},{\"fixed\":\"2\"}";
    advisory("A", affected("Maven", "org.slf4j:slf4j-api", events));
    assertEquals(List.of(), matches(jar("slf4j:slf4j-api", "1.5", false)));
    assertEquals(
        List.of("A slf4j:slf4j-api possible"), matches(jar("slf4j:slf4j-api", "1.5", true)));
    assertEquals(
        List.of("A org.slf4j:slf4j-api exact"), matches(jar("org.slf4j:slf4j-api", "1.5", true)));
    assertEquals(List.of(), matches(jar("slf4j:slf4j-api", "2", true)));
    assertEquals(List.of(), matches(jar("slf4j:api", "1.5", true)));
    advisory("B", affected("Debian:12", "x:slf4j-api", events));
    assertEquals(1, matches(jar("slf4j:slf4j-api", "1.5", true)).size());
  }

  @Test
  void whereOneAdvisoryFitsTwiceTheExactOneCounts() throws IOException {
    String events = "{\"introduced\":\"0\"}";
    String one = affected("Maven", "old.group:tool", events).replaceFirst("]$", "");
    String other =
        affected("Maven", "new.group:tool", events).replaceFirst("^\"affected\":\\[", ",");
    advisory("A", one + other);
    assertEquals(List.of("A new.group:tool exact"), matches(jar("new.group:tool", "1", true)));
    assertEquals(List.of("A old.group:tool exact"), matches(jar("old.group:tool", "1", true)));
    assertEquals(List.of("A tool:tool possible"), matches(jar("tool:tool", "1", true)));
  }
}
