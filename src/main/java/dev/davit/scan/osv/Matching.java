package dev.davit.scan.osv;

import dev.davit.scan.Os;
import dev.davit.scan.PackageType;
import dev.davit.scan.SoftwarePackage;
import dev.davit.scan.osv.Advisory.Affected;
import dev.davit.scan.osv.Advisory.Event;
import dev.davit.scan.osv.Advisory.Range;
import dev.davit.scan.version.Versions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether an advisory is about a version of a package (osv-schema, "Evaluation"); pure.
final class Matching {
  private Matching() {}

  /// The finding, if `affected` is about that package.
  static Optional<Finding> find(
      Advisory advisory, Affected affected, SoftwarePackage software, Os os) {
    boolean isExact = affected.name().equals(name(software));
    boolean isPossible = software.isGuess() && artifact(affected.name()).equals(artifact(software));
    if (!Ecosystem.isOf(affected.ecosystem(), software.type(), os) || !(isExact || isPossible)) {
      return Optional.empty();
    }
    String version = version(software);
    boolean isListed = affected.versions().contains(version);
    Optional<Range> range =
        affected.ranges().stream().filter(it -> contains(it, software.type(), version)).findFirst();
    if (!isListed && range.isEmpty()) {
      return Optional.empty();
    }
    Severity severity =
        affected.severity() == Severity.UNKNOWN ? advisory.severity() : affected.severity();
    String fixed = range.map(it -> fixed(it, software.type(), version)).orElse("");
    return Optional.of(new Finding(advisory, software, !isExact, fixed, severity));
  }

  /// The name that advisories call it by: distributions with deb and apk speak of source packages.
  static String name(SoftwarePackage software) {
    return isBySource(software) ? software.source().name() : software.name();
  }

  /// The name without Maven's group.
  static String artifact(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  static String artifact(SoftwarePackage software) {
    return artifact(name(software));
  }

  private static String version(SoftwarePackage software) {
    return isBySource(software) ? software.source().version() : software.version();
  }

  private static boolean isBySource(SoftwarePackage software) {
    return software.type() == PackageType.DEB || software.type() == PackageType.APK;
  }

  private static boolean contains(Range range, PackageType type, String version) {
    boolean isAffected = false;
    for (Event event : sorted(range, type)) {
      int order = event.version().equals("0") ? 1 : compare(type, version, event.version());
      switch (event.kind()) {
        case "introduced" -> isAffected = isAffected || order >= 0;
        case "fixed", "limit" -> isAffected = isAffected && order < 0;
        case "last_affected" -> isAffected = isAffected && order <= 0;
        default -> {}
      }
    }
    return isAffected;
  }

  private static List<Event> sorted(Range range, PackageType type) {
    Comparator<Event> byVersion =
        (one, other) -> {
          boolean first = one.version().equals("0");
          boolean second = other.version().equals("0");
          return first || second
              ? Boolean.compare(second, first)
              : compare(type, one.version(), other.version());
        };
    return range.events().stream()
        .filter(event -> !event.version().equals("*"))
        .sorted(byVersion)
        .toList();
  }

  private static int compare(PackageType type, String one, String other) {
    return Versions.compare(type, one, other);
  }

  private static String fixed(Range range, PackageType type, String version) {
    return sorted(range, type).stream()
        .filter(event -> event.kind().equals("fixed"))
        .map(Event::version)
        .filter(it -> compare(type, it, version) > 0)
        .findFirst()
        .orElse("");
  }
}
