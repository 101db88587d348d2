package dev.davit.scan;

import java.util.Locale;

/// Who has installed a package.
public enum PackageType {
  DEB,
  APK,
  RPM,
  MAVEN;

  /// As in a package URL (purl-spec).
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
