package dev.davit.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.scan.JavaArchives.JarName;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
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

  @Test
  void manifestsAndNamesOfFilesNameArchivesWithoutMaven() {
    var manifest = new Attributes();
    assertEquals(Optional.empty(), JarName.of(manifest, "/app/tool.jar"));
    assertEquals(
        Optional.of(new JarName("guava", "guava", "31.1-jre")),
        JarName.of(manifest, "/a/app.war!WEB-INF/lib/guava-31.1-jre.jar"));
    manifest.put(new Name("Bundle-SymbolicName"), "org.example.tool;singleton:=true");
    manifest.put(new Name("Bundle-Version"), "2.1");
    assertEquals(
        Optional.of(new JarName("org.example.tool", "tool", "2.1")),
        JarName.of(manifest, "/app/tool.jar"));
    manifest.put(Name.IMPLEMENTATION_VERSION, "2.2");
    manifest.put(new Name("Implementation-Vendor-Id"), "org.vendor");
    assertEquals(
        Optional.of(new JarName("org.vendor", "tool", "2.2")),
        JarName.of(manifest, "/app/tool.jar"));
  }
}
