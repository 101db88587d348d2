package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One port of the host can be published once.
final class PublishedPorts {
  private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0");
  private static final Pattern FIXED = Pattern.compile("0*[1-9]\\d*");

  private PublishedPorts() {}

  /// A port and where it was written.
  private record Site(TreePath path, Node node, View port) {
    String published() {
      return port.text("published").orElse("");
    }

    String ip() {
      return port.text("host_ip").orElse("");
    }

    // A range leaves a choice, and no number lets the kernel choose.
    boolean fixed() {
      return FIXED.matcher(published()).matches();
    }

    String number() {
      return Integer.parseInt(published()) + "/" + port.text("protocol").orElse("tcp");
    }

    /// Whether it takes the place of another of the same number.
    boolean blocks(Site other) {
      return EVERYWHERE.contains(ip())
          || EVERYWHERE.contains(other.ip())
          || ip().equals(other.ip());
    }
  }

  static void check(Mapping services, Context context) {
    var taken = new HashMap<String, List<Site>>();
    for (String name : services.keys()) {
      List<Node> ports = new View(services.mapping(name)).items("ports");
      for (int i = 0; i < ports.size(); i++) {
        TreePath path = TreePath.of("services", name, "ports").item(i);
        var site = new Site(path, ports.get(i), new View((Mapping) ports.get(i)));
        if (site.fixed()) {
          List<Site> same = taken.computeIfAbsent(site.number(), _ -> new ArrayList<>());
          same.stream()
              .filter(other -> other.blocks(site))
              .findFirst()
              .ifPresent(other -> report(other, site, context));
          same.add(site);
        }
      }
    }
  }

  private static void report(Site first, Site second, Context context) {
    String message =
        "port %s/%s of the host is already published by %s"
            .formatted(
                second.published(), second.port().text("protocol").orElse("tcp"), first.path());
    context
        .problems()
        .error(
            Code.PORT_TAKEN,
            second.node().place(),
            second.path(),
            message,
            "publish another host port")
        .note("published here", first.node().place());
  }
}
