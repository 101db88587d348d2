package dev.davit.scan;

import dev.davit.scan.SoftwarePackage.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What dpkg has installed: `status`, and `status.d`, which images without dpkg have a file a
/// package in.
final class DpkgDatabase {
  private static final String STATUS = "/var/lib/dpkg/status";
  private static final int LARGEST = 128 << 20;
  // deb-control(5): name, and the version where it is another one
  private static final Pattern SOURCE = Pattern.compile("(\\S+)(?:\\s+\\(([^)]*)\\))?");

  private final ImageFiles files;

  DpkgDatabase(ImageFiles files) {
    this.files = files;
  }

  List<SoftwarePackage> packages() {
    var packages = new ArrayList<>(parse(files.text(STATUS, LARGEST), STATUS));
    String directory = STATUS + ".d";
    for (String name : files.names(directory)) {
      if (!name.endsWith(".md5sums")) {
        String path = directory + "/" + name;
        packages.addAll(parse(files.text(path, LARGEST), path));
      }
    }
    return packages;
  }

  static List<SoftwarePackage> parse(String text, String location) {
    var packages = new ArrayList<SoftwarePackage>();
    for (String paragraph : text.split("\n[ \t]*\n", -1)) {
      of(fields(paragraph), location).ifPresent(packages::add);
    }
    return packages;
  }

  private static Map<String, String> fields(String paragraph) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : paragraph.split("\n", -1)) {
      int colon = line.indexOf(':');
      // What begins with a blank goes on with the field before, of which nothing is wanted here.
      if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
        fields.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return fields;
  }

  private static Optional<SoftwarePackage> of(Map<String, String> fields, String location) {
    String name = fields.getOrDefault("Package", "");
    String version = fields.getOrDefault("Version", "");
    String status = fields.getOrDefault("Status", "install ok installed");
    if (name.isEmpty() || version.isEmpty() || !status.endsWith(" installed")) {
      return Optional.empty();
    }
    Matcher source = SOURCE.matcher(fields.getOrDefault("Source", name));
    Origin from =
        source.matches()
            ? new Origin(source.group(1), source.group(2) == null ? version : source.group(2))
            : new Origin(name, version);
    return Optional.of(
        new SoftwarePackage(
            PackageType.DEB,
            name,
            version,
            fields.getOrDefault("Architecture", ""),
            from,
            location));
  }
}
