package dev.davit.scan.version;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.scan.PackageType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Orders that the systems' own tests and documents give.
class VersionsTest {
  // Each is older than the next; with "=" between, as old as.
  private static void check(PackageType type, String... ordered) {
    for (String each : ordered) {
      List<String> words = List.of(each.split(" ", -1));
      for (int i = 0; i + 2 < words.size(); i += 2) {
        int expected = words.get(i + 1).equals("=") ? 0 : -1;
        String one = words.get(i);
        String other = words.get(i + 2);
        String shown = type + ": " + one + " " + words.get(i + 1) + " " + other;
        assertEquals(expected, Integer.signum(Versions.compare(type, one, other)), shown);
        assertEquals(-expected, Integer.signum(Versions.compare(type, other, one)), shown);
      }
    }
  }

  @Test
  void debianVersions() {
    check(
        PackageType.DEB,
        "1.0~beta1~svn1245 < 1.0~beta1 < 1.0 < 1.0-1 < 1.0-1.1 < 1.0+b1-1 < 1.0.1",
        "1.0~~ < 1.0~~a < 1.0~ < 1.0 < 1.0a",
        "2.36-9+deb12u3 < 2.36-9+deb12u4 < 2.36-9+deb12u10",
        "1.2.3-1~bpo12+1 < 1.2.3-1",
        "99 < 1:1 < 1:1.0-1 < 2:0",
        "0:1.0 = 1.0 = 1.0-0 = 1.00",
        "1.0-1 < 1.0-1ubuntu1 < 1.0-2",
        "1.1 < 1.a < 1.b < 1.+",
        "7.6-0 < 7.6p2-4",
        "20000000000000000000000001 < 20000000000000000000000002",
        "1.0-1-2 < 1.0-1-3",
        "9 < 10");
  }

  @Test
  void rpmVersions() {
    check(
        PackageType.RPM,
        "1.0 < 2.0 < 2.0.1 < 2.0.1a",
        "5.5p1 < 5.5p2 < 5.5p10",
        "10xyz < 10.1xyz",
        "xyz.4 < 8",
        "2.0 = 2_0 = 2..0",
        "1.0~rc1 < 1.0",
        "1.0~rc1~git123 < 1.0~rc1 < 1.0~rc2",
        "1.0 < 1.0^ < 1.0^git1 < 1.0^git2 < 1.01",
        "1.0^git1 < 1.0.1 < 1.0.2",
        "1.0~rc1^git1 < 1.0",
        "1.0 < 1.0^git1~pre < 1.0^git1",
        "5.1.8-6.el9 < 5.1.8-6.el9_1 < 5.1.8-9.el9",
        "9.9 < 1:0.1-1 < 1:0.1-2",
        "0:1-1 = 1-1",
        "1-1 = 1",
        "1.05 = 1.5",
        "1.0a < 1.0.1",
        "1b.fc17 = 1b.fc17",
        "1b.fc17 < 1.fc17",
        "1.fc17 < 1g.fc17");
  }

  @Test
  void alpineVersions() {
    check(
        PackageType.APK,
        "1.2.3-r0 < 1.2.3-r1 < 1.2.3-r10 < 1.2.4-r0",
        "1.0_alpha < 1.0_alpha2 < 1.0_beta < 1.0_pre1 < 1.0_rc1 < 1.0 < 1.0_git20200101 < 1.0_p1",
        "1.0_rc1-r5 < 1.0-r0",
        "1.0 < 1.0a < 1.0b < 1.0.1 < 1.1",
        "1.001 < 1.01 < 1.1 < 1.10",
        "2.0 < 10.0",
        "1.0_p1 < 1.0_p2 < 1.0_p10",
        "9.1_p1-r0 < 9.1_p1-r1",
        "3.1.4 < 3.1.4-r0");
  }

  @Test
  void mavenVersions() {
    check(
        PackageType.MAVEN,
        "1 = 1.0 = 1.0.0 = 1-ga = 1-final = 1.0-release = 01",
        "1.0-alpha-1 < 1.0-alpha-2 < 1.0-alpha-10 < 1.0-beta-1 < 1.0-milestone-1 < 1.0-rc1",
        "1.0-rc1 < 1.0-SNAPSHOT < 1.0 < 1.0-sp < 1.0-xyz < 1.0-1 < 1.0.1",
        "1.0-a1 = 1.0-alpha1 = 1.0-alpha-1",
        "1.0-m2 = 1.0-milestone-2",
        "1.0-cr1 = 1.0-rc1",
        "2.0 < 2.0.0.1 < 2.0.1 < 2.1 < 10.0",
        "2.9.10.8 < 2.10.0",
        "1.2.17 < 1.2.17.1",
        "4.1.100.Final = 4.1.100",
        "4.1.99.Final < 4.1.100.Final",
        "31.0-android < 31.1-jre < 32.0.0-android",
        "1-foo2 < 1-foo10",
        "1.0-20240101.120000-1 < 1.0-20240102.120000-1",
        "1.0.RC2 < 1.0-RC3 < 1.0.1",
        "1-1 = 1.0-1",
        "1-1.foo-bar1baz-.1 < 1-2");
  }
}
