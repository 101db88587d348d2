package dev.davit.compose.load;

import dev.davit.compose.text.LinkText;
import dev.davit.compose.text.VolumesFromText;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Place;
import java.util.ArrayList;
import java.util.List;

/// A dependency that follows from another attribute than `depends_on`.
///
/// @param service on which it is
/// @param restart whether the service restarts with the other
/// @param path of what it follows from
record Implied(String service, boolean restart, TreePath path, Place place) {
  private static final List<String> NAMESPACES = List.of("network_mode", "ipc", "pid", "uts");
  private static final String SERVICE = "service:";

  /// Links first, then namespaces of others, then mounts of others.
  static List<Implied> of(TreePath path, Mapping service) {
    var all = new ArrayList<Implied>();
    List<Node> links = new View(service).items("links");
    for (int i = 0; i < links.size(); i++) {
      String name = LinkText.parse(View.textOf(links.get(i)).orElse("")).name();
      all.add(new Implied(name, true, path.child("links").item(i), links.get(i).place()));
    }
    for (String attribute : NAMESPACES) {
      String text = service.text(attribute).orElse("");
      if (text.startsWith(SERVICE)) {
        String name = text.substring(SERVICE.length());
        Place place = service.get(attribute).orElseThrow().place();
        all.add(new Implied(name, true, path.child(attribute), place));
      }
    }
    List<Node> mounts = new View(service).items("volumes_from");
    for (int i = 0; i < mounts.size(); i++) {
      var from = VolumesFromText.parse(View.textOf(mounts.get(i)).orElse(""));
      if (!from.container()) {
        TreePath at = path.child("volumes_from").item(i);
        all.add(new Implied(from.name(), false, at, mounts.get(i).place()));
      }
    }
    return all;
  }
}
