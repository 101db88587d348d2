package dev.davit.compose.load;

import dev.davit.compose.load.Consistency.Site;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything that is put somewhere into a container has a place of its own.
final class MountTargets {
  private record Taken(TreePath path, Place place) {}

  private final Site site;
  private final Map<String, Taken> targets = new HashMap<>();

  private MountTargets(Site site) {
    this.site = site;
  }

  static void check(Site site) {
    var targets = new MountTargets(site);
    targets.volumes();
    targets.tmpfs();
    targets.grants("secrets", "/run/secrets/");
    targets.grants("configs", "/");
  }

  private void volumes() {
    List<View> mounts = site.view().views("volumes");
    for (int i = 0; i < mounts.size(); i++) {
      Mapping mount = mounts.get(i).mapping();
      TreePath path = site.path().child("volumes").item(i);
      boolean sourceless = mount.text("source").orElse("").isEmpty();
      if (mount.text("type").orElse("").equals("bind") && sourceless) {
        site.error(
            Code.INCOMPLETE, mount.place(), path, "bind mount has no source", "add source: PATH");
      }
      take(mount.text("target").orElse(""), new Taken(path, mount.place()));
    }
  }

  private void tmpfs() {
    List<Node> items = site.view().items("tmpfs");
    for (int i = 0; i < items.size(); i++) {
      String target = View.textOf(items.get(i)).orElse("").replaceFirst(":.*", "");
      take(target, new Taken(site.path().child("tmpfs").item(i), items.get(i).place()));
    }
  }

  private void grants(String attribute, String directory) {
    List<View> grants = site.view().views(attribute);
    for (int i = 0; i < grants.size(); i++) {
      take(
          GivenBinder.target(grants.get(i), directory),
          new Taken(site.path().child(attribute).item(i), grants.get(i).mapping().place()));
    }
  }

  private void take(String text, Taken taken) {
    String target = Path.of(text).normalize().toString();
    Taken other = targets.putIfAbsent(target, taken);
    if (other != null) {
      String message = "target \"" + target + "\" is already mounted by " + other.path();
      site.error(Code.MOUNT_TAKEN, taken.place(), taken.path(), message, "mount it somewhere else")
          .note("mounted here", other.place());
    }
  }
}
