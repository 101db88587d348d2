package dev.davit.compose.text;

import java.util.regex.Pattern;

/// Names of Compose files that lie elsewhere.
public final class RemoteName {
  private static final Pattern REMOTE =
      Pattern.compile("[a-z][a-z0-9+.-]*://.*|git@.*|github\\.com/.*|.*\\.git([#?].*)?");

  private static final String ARTIFACT = "oci://";

  private RemoteName() {}

  /// Whether `name` is that of a project in a registry.
  public static boolean isArtifact(String name) {
    return name.startsWith(ARTIFACT);
  }

  /// The reference of such a name.
  public static String reference(String name) {
    return name.substring(ARTIFACT.length());
  }

  /// Whether `name` is no path on this machine.
  public static boolean matches(String name) {
    return REMOTE.matcher(name).matches();
  }
}
