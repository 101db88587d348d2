package dev.davit.scan.version;

import dev.davit.scan.PackageType;

/// Compares versions as each packaging system does.
public final class Versions {
  private Versions() {}

  /// Negative, 0 or positive, as `one` is older than, as old as or newer than `other`.
  public static int compare(PackageType type, String one, String other) {
    return switch (type) {
      case DEB -> DebVersion.compare(one, other);
      case APK -> ApkVersion.compare(one, other);
      case RPM -> RpmVersion.compare(one, other);
      case MAVEN -> MavenVersion.compare(one, other);
    };
  }
}
