package dev.davit.archive;

/// Which extended attributes go with a file to another place.
final class Attributes {
  private Attributes() {}

  /// Capabilities and what users have set. Others mean something only where they are: to the
  /// overlay (`trusted.overlay.*`) or to this host's security modules.
  static boolean travels(String name) {
    return name.equals("security.capability")
        || (name.startsWith("user.") && !name.startsWith("user.overlay."));
  }
}
