package dev.davit.compose.text;

/// Where a build takes files from: a directory, a URL, a Git repository or another service's image.
public final class ContextText {
  private static final String SERVICE = "service:";

  private ContextText() {}

  /// Whether it is a path on this machine.
  public static boolean isPath(String text) {
    return !text.isEmpty()
        && !text.contains("://")
        && !text.startsWith("git@")
        && !text.startsWith("github.com/")
        && !text.startsWith(SERVICE);
  }

  /// The service whose image it is; empty if it is none.
  public static String service(String text) {
    return text.startsWith(SERVICE) ? text.substring(SERVICE.length()) : "";
  }
}
