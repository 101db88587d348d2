package dev.davit.scan;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The Maven coordinates of a Java archive.
///
/// @param isGuess whether the archive does not say them itself: the artifact is the file's name
///   then, and the group what fits best
record JarName(String group, String artifact, String version, boolean isGuess) {
  private static final Pattern FILE = Pattern.compile("(.+?)-(\\d[^/]*)");

  /// What Maven wrote into it; empty where something is missing.
  static Optional<JarName> of(Properties pom) {
    String group = pom.getProperty("groupId", "").strip();
    String artifact = pom.getProperty("artifactId", "").strip();
    String version = pom.getProperty("version", "").strip();
    return group.isEmpty() || artifact.isEmpty() || version.isEmpty()
        ? Optional.empty()
        : Optional.of(new JarName(group, artifact, version, false));
  }

  /// By the manifest, the file's name and the classes; empty where no version is said.
  ///
  /// @param classes the package that all of them are below, or empty
  /// @param path ends with the file's name
  static Optional<JarName> guess(Attributes manifest, String classes, String path) {
    String file =
        path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1)
            .replaceFirst("\\.[a-z]+$", "");
    List<String> versions =
        Stream.of("Implementation-Version", "Bundle-Version", "Specification-Version")
            .map(name -> value(manifest, name))
            .filter(it -> !it.isEmpty())
            .toList();
    // "log4j-1.2-api-2.17.1": only the manifest knows where the version begins.
    for (String version : versions) {
      if (file.length() > version.length() + 1 && file.endsWith("-" + version)) {
        String artifact = file.substring(0, file.length() - version.length() - 1);
        return Optional.of(
            new JarName(group(manifest, classes, artifact), artifact, version, true));
      }
    }
    Matcher named = FILE.matcher(file);
    if (named.matches()) {
      String group = group(manifest, classes, named.group(1));
      return Optional.of(new JarName(group, named.group(1), named.group(2), true));
    }
    return versions.stream()
        .findFirst()
        .map(it -> new JarName(group(manifest, classes, file), file, it, true));
  }

  private static String group(Attributes manifest, String classes, String artifact) {
    // Maven itself writes the group there.
    String vendor = value(manifest, "Implementation-Vendor-Id");
    if (isGroup(vendor)) {
      return vendor;
    }
    return Stream.of(
            value(manifest, "Bundle-SymbolicName").split(";", 2)[0].strip(),
            value(manifest, "Automatic-Module-Name"),
            classes)
        .filter(JarName::isGroup)
        // The artifact once more, and no group.
        .filter(name -> !name.equals(artifact.replace('-', '.')))
        .map(name -> without(name, artifact))
        .findFirst()
        .orElse(artifact);
  }

  private static boolean isGroup(String name) {
    return name.matches("[A-Za-z_][\\w-]*(?:\\.[\\w-]+)+");
  }

  // Bundles are called group.artifact, or where the artifact repeats the group's end, that once:
  // org.slf4j.api is org.slf4j:slf4j-api (maven-bundle-plugin, "Bundle-SymbolicName").
  private static String without(String name, String artifact) {
    String whole = "." + artifact.replace('-', '.');
    String shorter = name.substring(0, Math.max(0, name.length() - whole.length()));
    if (name.endsWith(whole) && isGroup(shorter)) {
      return shorter;
    }
    int dot = name.lastIndexOf('.');
    String before = name.substring(0, dot);
    String end = before.substring(before.lastIndexOf('.') + 1);
    boolean overlaps = artifact.equals(end + "-" + name.substring(dot + 1));
    return overlaps && isGroup(before) ? before : name;
  }

  private static String value(Attributes manifest, String name) {
    String value = manifest.getValue(name);
    return value == null ? "" : value.strip();
  }
}
