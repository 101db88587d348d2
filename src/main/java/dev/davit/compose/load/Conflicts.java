package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Attributes of one service that contradict each other, or are of no use alone.
final class Conflicts {
  private Conflicts() {}

  static void networkMode(Site site) {
    boolean both =
        site.service().has("network_mode") && !site.service().mapping("networks").keys().isEmpty();
    if (both) {
      site.error(
              Code.EXCLUSIVE,
              "network_mode",
              "network_mode and networks exclude each other",
              "remove one")
          .note("networks are here", site.service().keyPlace("networks"));
    }
  }

  static void replicas(Site site) {
    OptionalInt scale = site.view().small("scale");
    OptionalInt replicas = site.view().at("deploy").small("replicas");
    if (scale.isPresent() && replicas.isPresent() && !scale.equals(replicas)) {
      String message =
          "scale is %d and deploy.replicas is %d".formatted(scale.getAsInt(), replicas.getAsInt());
      site.error(Code.CONTRADICTION, "scale", message, "remove one")
          .note("deploy.replicas is here", site.service().mapping("deploy").keyPlace("replicas"));
    }
  }

  static void containerName(Site site) {
    boolean named = site.view().text("container_name").isPresent();
    if (named && ServiceBinder.replicas(site.view()) > 1) {
      site.error(
          Code.NAME_TAKEN,
          "container_name",
          "container_name with more than one replica",
          "a name fits one only");
    }
  }

  static void healthcheck(Site site) {
    View check = site.view().at("healthcheck");
    TreePath path = site.path().child("healthcheck");
    List<String> test = check.texts("test");
    if (!test.isEmpty() && !List.of("CMD", "CMD-SHELL", "NONE").contains(test.getFirst())) {
      site.error(
          Code.INVALID_HEALTH_TEST,
          check.mapping().keyPlace("test"),
          path.child("test"),
          "first item \"" + test.getFirst() + "\" is none of CMD, CMD-SHELL, NONE",
          "put CMD before it");
    }
  }

  /// A service has one address where it is reached first.
  static void macAddress(Site site) {
    String own = site.view().text("mac_address").orElse("");
    View networks = site.view().at("networks");
    String first = NetworkingBinder.first(networks).orElse("");
    Mapping network = networks.at(first).mapping();
    String other = network.text("mac_address").orElse(own);
    if (!own.isEmpty() && !own.equalsIgnoreCase(other)) {
      String message = "mac_address and networks." + first + ".mac_address differ";
      site.error(Code.CONTRADICTION, "mac_address", message, "remove one")
          .note("the network's is here", network.keyPlace("mac_address"));
    }
  }

  /// Devices of a kind are counted or named.
  static void devices(Site site) {
    View reservations = site.view().at("deploy").at("resources").at("reservations");
    TreePath deploy = site.path().child("deploy").child("resources").child("reservations");
    devices(site, site.view().views("gpus"), site.path().child("gpus"));
    devices(site, reservations.views("devices"), deploy.child("devices"));
  }

  private static void devices(Site site, List<View> requests, TreePath path) {
    for (int i = 0; i < requests.size(); i++) {
      Mapping request = requests.get(i).mapping();
      if (request.has("count") && request.has("device_ids")) {
        site.error(
            Code.EXCLUSIVE,
            request.keyPlace("count"),
            path.item(i).child("count"),
            "count and device_ids exclude each other",
            "remove one");
      }
    }
  }

  static void watch(Site site) {
    List<View> rules = site.view().at("develop").views("watch");
    for (int i = 0; i < rules.size(); i++) {
      Mapping rule = rules.get(i).mapping();
      String action = rule.text("action").orElse("");
      boolean copies = action.contains("sync") && rule.text("target").orElse("").isEmpty();
      if (copies) {
        site.error(
            Code.INCOMPLETE,
            rule.keyPlace("action"),
            site.path().child("develop").child("watch").item(i),
            "action \"" + action + "\" without target",
            "add target: PATH in the container");
      }
    }
  }

  static void restart(Site site) {
    OptionalLong attempts = site.view().at("deploy").at("restart_policy").whole("max_attempts");
    if (attempts.isPresent() && attempts.getAsLong() < 0) {
      site.error(
          Code.OUT_OF_RANGE,
          "deploy",
          "deploy.restart_policy.max_attempts is negative",
          "0 means without end");
    }
  }
}
