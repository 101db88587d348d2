package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Attributes of one service that contradict each other, or are of no use alone.
final class Conflicts {
  private Conflicts() {}

  static void image(Site site) {
    if (site.view().text("image").orElse("").isBlank()) {
      site.error(
          Code.NO_IMAGE,
          site.service().place(),
          site.path(),
          "service has no image",
          "add image: NAME");
    }
  }

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
    String name = site.view().text("container_name").orElse("");
    if (name.isEmpty()) {
      return;
    }
    if (ServiceBinder.replicas(site.view()) > 1) {
      site.error(
          Code.NAME_TAKEN,
          "container_name",
          "container_name with more than one replica",
          "a name fits one only");
    }
    Mapping services = site.context().profiles().enabled(site.tree().mapping("services"));
    for (String other : services.keys()) {
      boolean same =
          new View(services.mapping(other)).text("container_name").orElse("").equals(name);
      if (other.equals(site.name())) {
        return; // said of the later ones
      }
      if (same) {
        String message =
            "container_name \"" + name + "\" is also that of service \"" + other + "\"";
        site.error(Code.NAME_TAKEN, "container_name", message, "give another name, or none")
            .note("first used here", services.mapping(other).keyPlace("container_name"));
      }
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

  private record Mounted(TreePath path, Place place) {}

  /// Two mounts at one place; a bind mount without a source.
  static void mounts(Site site) {
    var targets = new Targets(site, new LinkedHashMap<>());
    List<Node> volumes = site.view().items("volumes");
    for (int i = 0; i < volumes.size(); i++) {
      var mount = (Mapping) volumes.get(i);
      TreePath path = site.path().child("volumes").item(i);
      if (mount.text("type").orElse("").equals("bind")
          && new View(mount).text("source").orElse("").isEmpty()) {
        site.error(
            Code.INCOMPLETE, mount.place(), path, "bind mount has no source", "add source: PATH");
      }
      String target = new View(mount).text("target").orElse("");
      targets.add(target, new Mounted(path, mount.place()));
    }
    List<Node> tmpfs = site.view().items("tmpfs");
    for (int i = 0; i < tmpfs.size(); i++) {
      String text = View.textOf(tmpfs.get(i)).orElse("").replaceFirst(":.*", "");
      TreePath path = site.path().child("tmpfs").item(i);
      String target = Path.of(text).normalize().toString();
      targets.add(target, new Mounted(path, tmpfs.get(i).place()));
    }
  }

  /// What is mounted where in one service.
  private record Targets(Site site, Map<String, Mounted> mounted) {
    void add(String target, Mounted mount) {
      Mounted other = mounted.putIfAbsent(target, mount);
      if (other != null) {
        String message = "target \"" + target + "\" is already mounted by " + other.path();
        String help = "mount it somewhere else";
        site.error(Code.MOUNT_TAKEN, mount.place(), mount.path(), message, help)
            .note("mounted here", other.place());
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
