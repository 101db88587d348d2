package dev.davit.scan.osv;

import dev.davit.scan.Os;
import dev.davit.scan.PackageType;
import java.util.Locale;

/// Which ecosystems of the OSV format are about the packages of a distribution.
final class Ecosystem {
  private Ecosystem() {}

  /// Whether `ecosystem` is about packages of that type in an image of that distribution.
  static boolean isOf(String ecosystem, PackageType type, Os os) {
    int colon = ecosystem.indexOf(':');
    String name = colon < 0 ? ecosystem : ecosystem.substring(0, colon);
    String release = colon < 0 ? "" : ecosystem.substring(colon + 1);
    if (type == PackageType.MAVEN) {
      return name.equals("Maven");
    }
    if (!name.equals(name(os.id()))) {
      return false;
    }
    return release.isEmpty() || isRelease(release, os);
  }

  /// The ecosystem of a distribution, to be named in a message.
  static String name(String id) {
    return switch (id) {
      case "debian" -> "Debian";
      case "ubuntu" -> "Ubuntu";
      case "alpine" -> "Alpine";
      case "wolfi" -> "Wolfi";
      case "chainguard" -> "Chainguard";
      case "rhel" -> "Red Hat";
      case "rocky" -> "Rocky Linux";
      case "almalinux" -> "AlmaLinux";
      case "sles", "sled", "sle_hpc" -> "SUSE";
      case "opensuse-leap", "opensuse-tumbleweed", "opensuse" -> "openSUSE";
      case "openEuler" -> "openEuler";
      case "mageia" -> "Mageia";
      case "photon" -> "Photon OS";
      case "azurelinux", "mariner" -> "Azure Linux";
      default -> id;
    };
  }

  private static boolean isRelease(String release, Os os) {
    String version = os.version();
    String major = version.split("\\.", 2)[0];
    String minor = version.replaceFirst("^([^.]+\\.[^.]+)\\..*$", "$1");
    return switch (os.id()) {
      case "alpine" -> release.equals("v" + minor);
      // "22.04:LTS"; what is only for who pays, "Pro:22.04:LTS", is another one.
      case "ubuntu" -> release.equals(version) || release.startsWith(version + ":");
      // "enterprise_linux:9::baseos", by CPE
      case "rhel" ->
          !version.isEmpty()
              && (release + ":").matches(".*\\benterprise_linux:" + major + "(\\.\\d+)?:.*");
      case "rocky", "almalinux", "debian", "mageia" -> release.equals(major);
      case "sles", "sled", "sle_hpc", "opensuse-leap", "opensuse-tumbleweed", "opensuse" ->
          os.name().toLowerCase(Locale.ROOT).endsWith(release.toLowerCase(Locale.ROOT))
              || release.toLowerCase(Locale.ROOT).endsWith(" " + version);
      default -> release.equals(version) || release.equals(major);
    };
  }
}
