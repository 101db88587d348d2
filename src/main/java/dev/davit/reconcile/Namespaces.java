package dev.davit.reconcile;

import dev.davit.engine.Container;
import java.util.ArrayList;
import java.util.List;

/// Whose namespaces a container lives in.
final class Namespaces {
  private static final String CONTAINER = "container:";

  private Namespaces() {}

  /// The ids of those containers.
  static List<String> owners(Container container) {
    var owners = new ArrayList<String>();
    container.config().network().container().ifPresent(owners::add);
    for (String mode :
        List.of(container.config().namespaces().pid(), container.config().namespaces().ipc())) {
      if (mode.startsWith(CONTAINER)) {
        owners.add(mode.substring(CONTAINER.length()));
      }
    }
    return owners;
  }
}
