package dev.davit.content;

import dev.davit.test.Tar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Layers that try to reach a directory of the host: each attack at each way to name that
/// directory.
final class HostileLayers {
  private HostileLayers() {}

  /// Writes what is tried at a place.
  interface Attack {
    Tar at(Tar tar, String place);
  }

  // Ways to name something outside.
  static List<String> places(Path canary) {
    String absolute = canary.toString();
    String up = "../".repeat(12) + absolute.substring(1);
    return List.of(
        absolute,
        "/../../" + absolute,
        up,
        "./" + up,
        "a/../" + up,
        "a/b/../../../../../../../../../../../../.." + absolute,
        "out" + absolute,
        "out/../" + up,
        "up/canary/directory",
        "self/cwd/" + up,
        "proc/self/root" + absolute,
        "out/proc/1/root" + absolute);
  }

  // Links that a layer may have made before.
  static Tar links() {
    return new Tar()
        .symlink("out", "/")
        .symlink("up", "../../../..")
        .symlink("self", "/proc/self")
        .symlink("proc", "/proc")
        .symlink("round", "round");
  }

  static Map<String, Attack> attacks() {
    var attacks = new LinkedHashMap<String, Attack>();
    attacks.put("file", (tar, at) -> tar.file(at + "/file", "dead"));
    attacks.put("directory", (tar, at) -> tar.owner(1, 1).mode(0777).directory(at));
    attacks.put("replace", (tar, at) -> tar.file(at, "dead"));
    attacks.put("symlink", (tar, at) -> tar.symlink(at + "/file", "/etc/shadow"));
    attacks.put("device", (tar, at) -> tar.character(at + "/file", 1, 1));
    attacks.put("fifo", (tar, at) -> tar.fifo(at + "/file"));
    attacks.put("whiteout", (tar, at) -> tar.file(at + "/.wh.file", ""));
    attacks.put("whiteout of all", (tar, at) -> tar.file(at + "/.wh..", ""));
    attacks.put("opaque", (tar, at) -> tar.file(at + "/.wh..wh..opq", ""));
    attacks.put("link", (tar, at) -> tar.hardlink("h", at + "/file").file("h", "dead"));
    attacks.put(
        "link beside",
        (tar, at) -> tar.directory(at).file(at + "/file", "x").hardlink("h", at + "/file"));
    attacks.put(
        "link changed",
        (tar, at) -> tar.hardlink("h", at + "/file").mode(0777).owner(1, 1).file("./h", "dead"));
    attacks.put("swapped", (tar, at) -> tar.directory("d").symlink("d", at).file("d/file", "dead"));
    attacks.put("written through", (tar, at) -> tar.symlink("s", at + "/file").file("s", "dead"));
    attacks.put(
        "changed through", (tar, at) -> tar.symlink("s", at).owner(1, 1).mode(0777).directory("s"));
    attacks.put("whiteout through", (tar, at) -> tar.symlink("s", at).file("s/.wh.file", ""));
    attacks.put(
        "link to a symlink",
        (tar, at) -> tar.symlink("s", at).hardlink("t", "s").file("t/file", "dead"));
    return attacks;
  }
}
