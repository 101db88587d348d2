package dev.davit.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;

class DatabasesTest {
  private static List<String> shown(List<SoftwarePackage> packages) {
    return packages.stream()
        .map(
            it ->
                it.name()
                    + " "
                    + it.version()
                    + " "
                    + it.source().name()
                    + " "
                    + it.source().version())
        .toList();
  }

  @Test
  void dpkgHasSourcesWithVersionsOfTheirOwnAndPackagesThatAreGone() {
    String status =
        """
        Package: libc6
        Status: install ok installed
        Architecture: amd64
        Source: glibc
        Version: 2.36-9+deb12u4
        Description: GNU C Library
         Version: 1 of the description

        Package: gone
        Status: deinstall ok config-files
        Version: 1

        Package: binutils
        Status: hold ok installed
        Version: 2.40-2+b1
        Source: binutils-src (2.40-2)

        Package: base-files
        Version: 12.4
        """;
    assertEquals(
        List.of(
            "libc6 2.36-9+deb12u4 glibc 2.36-9+deb12u4",
            "binutils 2.40-2+b1 binutils-src 2.40-2",
            "base-files 12.4 base-files 12.4"),
        shown(DpkgDatabase.parse(status, "x")));
  }

  @Test
  void apkHasOrigins() {
    String installed =
        "C:Q1\nP:libcrypto3\nV:3.1.4-r5\nA:x86_64\no:openssl\nF:lib\nR:x\n\nP:musl\nV:1.2.4-r2\n\n";
    assertEquals(
        List.of("libcrypto3 3.1.4-r5 openssl 3.1.4-r5", "musl 1.2.4-r2 musl 1.2.4-r2"),
        shown(ApkDatabase.parse(installed, "x")));
  }

  @Test
  void packageUrlsAreEncoded() {
    var os = new Os("debian", "12", "Debian 12");
    var software = DpkgDatabase.parse("Package: g++\nVersion: 1:4+b~1\nArchitecture: amd64\n", "x");
    assertEquals(
        "pkg:deb/debian/g%2B%2B@1:4%2Bb~1?arch=amd64&distro=debian-12",
        software.getFirst().purl(os));
  }

  @Test
  void osReleaseIsUnquoted() {
    assertEquals(
        new Os("alpine", "3.19.1", "Alpine Linux v3.19"),
        Os.parse("# x\nID=alpine\nVERSION_ID='3.19.1'\nPRETTY_NAME=\"Alpine Linux v3.19\"\n"));
  }

  private static String guessed(Map<String, String> manifest, String classes, String path) {
    var attributes = new Attributes();
    manifest.forEach(attributes::putValue);
    return JarName.guess(attributes, classes, path)
        .map(it -> it.group() + ":" + it.artifact() + ":" + it.version())
        .orElse("");
  }

  @Test
  void aJarWithoutPomIsNamedByItsFile() {
    assertEquals("", guessed(Map.of(), "org.example", "/app/tool.jar"));
    assertEquals(
        "guava:guava:31.1-jre", guessed(Map.of(), "", "/a/app.war!WEB-INF/lib/guava-31.1-jre.jar"));
    var version = Map.of("Implementation-Version", "2.17.1");
    assertEquals("tool:tool:2.17.1", guessed(version, "", "/app/tool.jar"));
    assertEquals(
        "log4j-1.2-api:log4j-1.2-api:2.17.1", guessed(version, "", "/log4j-1.2-api-2.17.1.jar"));
    assertEquals("", guessed(Map.of("Implementation-Version", " "), "", "/-1.jar"));
  }

  @Test
  void itsGroupIsTakenFromManifestOrClasses() {
    String file = "/lib/slf4j-api-2.0.9.jar";
    assertEquals(
        "org.slf4j:slf4j-api:2.0.9",
        guessed(
            Map.of("Bundle-SymbolicName", "slf4j.api", "Automatic-Module-Name", "org.slf4j.api"),
            "",
            file));
    assertEquals(
        "org.slf4j:slf4j-api:2.0.9",
        guessed(Map.of("Bundle-SymbolicName", "org.slf4j.api;singleton:=true"), "x.y", file));
    assertEquals(
        "org.example:slf4j-api:2.0.9",
        guessed(
            Map.of(
                "Implementation-Vendor-Id", "org.example", "Bundle-SymbolicName", "org.slf4j.api"),
            "",
            file));
    assertEquals("org.slf4j:slf4j-api:2.0.9", guessed(Map.of(), "org.slf4j", file));
    assertEquals("slf4j-api:slf4j-api:2.0.9", guessed(Map.of(), "org", file));
    assertEquals(
        "com.acme.tools:wire:1", guessed(Map.of(), "com.acme.tools.wire", "/lib/wire-1.jar"));
    assertEquals("com.acme:acme-wire:1", guessed(Map.of(), "com.acme.wire", "/acme-wire-1.jar"));
    assertEquals("a:a:1", guessed(Map.of("Implementation-Vendor-Id", "a..b:c"), "", "/a-1.jar"));
  }

  @Test
  void theCommonPackageOfClasses() {
    assertEquals("org.example", common("org/example/a/A.class", "org/example/ab/B.class"));
    assertEquals("org.example.a", common("org/example/a/A.class", "org/example/a/b/B.class"));
    assertEquals("", common("org/A.class", "com/B.class"));
    assertEquals("", common("A.class", "org/B.class"));
    assertEquals("org", common("org/A.class", "META-INF/versions/9/B.class", "com/text"));
    assertEquals("", common());
  }

  private static String common(String... entries) {
    var common = new CommonPackage();
    for (String entry : entries) {
      common.add(entry);
    }
    return common.name();
  }
}
