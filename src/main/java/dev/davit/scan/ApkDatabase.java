package dev.davit.scan;

import dev.davit.scan.SoftwarePackage.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What apk has installed: a line a field, of one letter, with an empty line behind each package.
final class ApkDatabase {
  private static final List<String> PLACES =
      List.of("/lib/apk/db/installed", "/usr/lib/apk/db/installed");
  private static final int LARGEST = 128 << 20;

  private final ImageFiles files;

  ApkDatabase(ImageFiles files) {
    this.files = files;
  }

  List<SoftwarePackage> packages() {
    // Where /lib leads to /usr/lib both are one.
    for (String place : PLACES) {
      String text = files.text(place, LARGEST);
      if (!text.isEmpty()) {
        return parse(text, place);
      }
    }
    return List.of();
  }

  static List<SoftwarePackage> parse(String text, String location) {
    var packages = new ArrayList<SoftwarePackage>();
    for (String paragraph : text.split("\n\n", -1)) {
      Map<String, String> fields = new HashMap<>();
      for (String line : paragraph.split("\n", -1)) {
        if (line.length() > 1 && line.charAt(1) == ':') {
          fields.putIfAbsent(line.substring(0, 1), line.substring(2).strip());
        }
      }
      String name = fields.getOrDefault("P", "");
      String version = fields.getOrDefault("V", "");
      if (!name.isEmpty() && !version.isEmpty()) {
        packages.add(
            new SoftwarePackage(
                PackageType.APK,
                name,
                version,
                fields.getOrDefault("A", ""),
                new Origin(fields.getOrDefault("o", name), version),
                location));
      }
    }
    return packages;
  }
}
