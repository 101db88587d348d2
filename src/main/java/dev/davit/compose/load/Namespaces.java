package dev.davit.compose.load;

import dev.davit.compose.NamespaceMode;
import java.util.Optional;

/// The attributes that say whose namespace a container lives in.
final class Namespaces {
  private static final String SERVICE = "service:";

  private Namespaces() {}

  static NamespaceMode mode(Optional<String> text) {
    return switch (text.orElse("")) {
      case "host" -> NamespaceMode.HOST;
      case "none" -> new NamespaceMode.None();
      case String it when it.startsWith(SERVICE) ->
          new NamespaceMode.OfService(it.substring(SERVICE.length()));
      default -> NamespaceMode.OWN;
    };
  }
}
