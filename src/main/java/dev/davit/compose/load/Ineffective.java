package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;

/// What is well written and of no effect with Davit, so that nobody waits for one.
final class Ineffective {
  private Ineffective() {}

  static void check(Mapping tree, Mapping enabled, Context context) {
    selinux(enabled, context);
    Mapping networks = tree.mapping("networks");
    for (String key : networks.keys()) {
      protocols(key, networks.mapping(key), context);
    }
  }

  private static void selinux(Mapping services, Context context) {
    for (String name : services.keys()) {
      List<View> mounts = new View(services.mapping(name)).views("volumes");
      for (int i = 0; i < mounts.size(); i++) {
        View bind = mounts.get(i).at("bind");
        if (bind.text("selinux").isPresent()) {
          context
              .problems()
              .warning(
                  Code.NO_EFFECT,
                  place(bind, "selinux"),
                  TreePath.of("services", name, "volumes").item(i),
                  "mount options \"z\" and \"Z\" have no effect: davit sets no SELinux labels",
                  null);
        }
      }
    }
  }

  private static void protocols(String key, Mapping network, Context context) {
    View view = new View(network);
    TreePath path = TreePath.of("networks", key);
    if (!view.flag("enable_ipv4", true)) {
      context
          .problems()
          .error(
              Code.NOT_SUPPORTED,
              place(view, "enable_ipv4"),
              path.child("enable_ipv4"),
              "a network without IPv4 is not supported yet",
              "remove it");
    }
    if (view.flag("enable_ipv6", false)) {
      context
          .problems()
          .warning(
              Code.NO_EFFECT,
              place(view, "enable_ipv6"),
              path.child("enable_ipv6"),
              "attribute \"enable_ipv6\" has no effect: davit gives IPv4 addresses only",
              null);
    }
  }

  private static dev.davit.error.Place place(View view, String key) {
    return view.mapping().get(key).map(Node::place).orElseThrow();
  }
}
