package dev.davit.compose.text;

import java.util.regex.Pattern;

/// Names of Compose files that lie elsewhere.
public final class RemoteName {
  private static final Pattern REMOTE =
      Pattern.compile("[a-z][a-z0-9+.-]*://.*|git@.*|github\\.com/.*|.*\\.git([#?].*)?");

  private RemoteName() {}

  /// Whether `name` is no path on this machine.
  public static boolean matches(String name) {
    return REMOTE.matcher(name).matches();
  }
}
