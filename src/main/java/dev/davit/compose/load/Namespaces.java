package dev.davit.compose.load;

import dev.davit.compose.NamespaceMode;
import java.util.Optional;

/// The attributes that say whose namespace a container lives in.
final class Namespaces {
  private static final String SERVICE = "service:";
  private static final String CONTAINER = "container:";

  private Namespaces() {}

  /// As [#mode]; any other word is the name of a network.
  static NamespaceMode networkMode(Optional<String> text) {
    String word = text.orElse("");
    NamespaceMode mode = mode(text);
    boolean named = mode.equals(NamespaceMode.OWN) && !word.isEmpty();
    return named ? new NamespaceMode.OnNetwork(word) : mode;
  }

  static NamespaceMode mode(Optional<String> text) {
    return switch (text.orElse("")) {
      case "host" -> NamespaceMode.HOST;
      case "none" -> new NamespaceMode.None();
      case String it when it.startsWith(SERVICE) ->
          new NamespaceMode.OfService(it.substring(SERVICE.length()));
      case String it when it.startsWith(CONTAINER) ->
          new NamespaceMode.OfContainer(it.substring(CONTAINER.length()));
      default -> NamespaceMode.OWN;
    };
  }
}
