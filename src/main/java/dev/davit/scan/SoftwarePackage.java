package dev.davit.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.StringJoiner;

/// A package that an image holds.
///
/// @param name as its system calls it; of Maven `group:artifact`
/// @param architecture empty where it has none
/// @param source the package whose source it was built from, with its version: advisories of
///   distributions are about those
/// @param location the file in the image that tells of it; of a nested archive with `!` between
/// @param isGuess whether the group in the name is a guess, as of a Java archive that does not say
///   it
public record SoftwarePackage(
    PackageType type,
    String name,
    String version,
    String architecture,
    Origin source,
    String location,
    boolean isGuess) {

  /// A package that says its name itself.
  public SoftwarePackage(
      PackageType type,
      String name,
      String version,
      String architecture,
      Origin source,
      String location) {
    this(type, name, version, architecture, source, location, false);
  }

  /// A source package.
  public record Origin(String name, String version) {}

  /// Its package URL (purl-spec).
  public String purl(Os os) {
    if (type == PackageType.MAVEN) {
      int colon = name.indexOf(':');
      String path = encoded(name.substring(0, colon)) + "/" + encoded(name.substring(colon + 1));
      return "pkg:maven/" + path + "@" + encoded(version);
    }
    int colon = version.indexOf(':');
    boolean hasEpoch = type == PackageType.RPM && colon > 0;
    var qualifiers = new StringJoiner("&", "?", "").setEmptyValue("");
    if (!architecture.isEmpty()) {
      qualifiers.add("arch=" + encoded(architecture));
    }
    if (!os.id().isEmpty()) {
      qualifiers.add(
          "distro=" + encoded(os.id() + (os.version().isEmpty() ? "" : "-" + os.version())));
    }
    if (hasEpoch) {
      qualifiers.add("epoch=" + version.substring(0, colon));
    }
    String shown = hasEpoch ? version.substring(colon + 1) : version;
    String namespace = os.id().isEmpty() ? "" : encoded(os.id()) + "/";
    return "pkg:%s/%s%s@%s%s"
        .formatted(type.word(), namespace, encoded(name), encoded(shown), qualifiers);
  }

  private static String encoded(String text) {
    var encoded = new StringBuilder();
    for (byte each : text.getBytes(UTF_8)) {
      char c = (char) (each & 0xff);
      boolean isPlain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || ".-_~:".indexOf(c) >= 0;
      encoded.append(isPlain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }
}
