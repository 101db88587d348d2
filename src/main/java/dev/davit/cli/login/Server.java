package dev.davit.cli.login;

import java.util.Locale;
import java.util.Set;

/// The names of one registry: as a reference has it, as Docker's files have it, as people type it.
record Server(String domain) {
  private static final String HUB = "docker.io";
  private static final String HUB_KEY = "https://index.docker.io/v1/";
  private static final Set<String> HUBS =
      Set.of("", HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

  /// What somebody typed: a host, or a URL of one; nothing means Docker Hub.
  static Server parse(String text) {
    String host = host(text);
    return new Server(HUBS.contains(host) ? HUB : host);
  }

  /// What Docker's files call it.
  String key() {
    return domain.equals(HUB) ? HUB_KEY : domain;
  }

  /// The host and port of a URL or of a mere host.
  static String host(String text) {
    return text.strip()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^https?://", "")
        .replaceFirst("/.*$", "");
  }
}
