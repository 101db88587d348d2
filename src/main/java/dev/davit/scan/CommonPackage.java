package dev.davit.scan;

/// The package that all classes of an archive are in or below, as far as there is one.
final class CommonPackage {
  private static final String CLASS = ".class";

  private String common = "";
  private boolean isSeen;

  /// @param entry name in the archive; what is no class does not count, and of a class for later
  ///   versions of Java (JAR specification, "Multi-release JAR files") there is another
  void add(String entry) {
    if (!entry.endsWith(CLASS) || entry.startsWith("META-INF/") || entry.indexOf('-') >= 0) {
      return;
    }
    String directory = entry.substring(0, entry.lastIndexOf('/') + 1);
    common = isSeen ? common(common, directory) : directory;
    isSeen = true;
  }

  private static String common(String one, String other) {
    int end = 0;
    for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
      if (one.charAt(i) != other.charAt(i)) {
        break;
      }
      if (one.charAt(i) == '/') {
        end = i + 1;
      }
    }
    return one.substring(0, end);
  }

  /// Whether there was a class at all.
  boolean isSeen() {
    return isSeen;
  }

  /// `org.example.tool`, or empty.
  String name() {
    return common.isEmpty() ? "" : common.substring(0, common.length() - 1).replace('/', '.');
  }
}
