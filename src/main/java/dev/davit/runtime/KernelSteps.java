package dev.davit.runtime;

import static dev.davit.linux.MountFlag.*;
import static dev.davit.program.Calls.*;

import dev.davit.linux.Errno;
import dev.davit.linux.MountFlag;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// /proc, /dev and /sys of a container. Each is made where nothing of the image is yet, so that
/// names in it are the kernel's own, and is moved to its place when it is whole: what the image or
/// a mount has there, it can neither redirect a step nor lie under a mask.
final class KernelSteps {
  // ELOOP: in a mount of the user's the place may be a link; there is nothing to hide behind it.
  private static final Errno[] NOT_THERE = {Errno.ENOENT, Errno.ENOTDIR, Errno.ELOOP};

  private final ContainerSpec spec;
  private final Opened opened;
  private final Draft draft;
  // Its place in the image, and the step that has opened the finished file system.
  private final Map<String, Integer> whole = new LinkedHashMap<>();

  KernelSteps(ContainerSpec spec, Opened opened, Draft draft) {
    this.spec = spec;
    this.opened = opened;
    this.draft = draft;
  }

  /// Makes them. The child stands in one of them afterwards.
  void make() {
    processes();
    devices();
    hardware();
  }

  /// Moves them to their places; the child stands in the root file system before and after. A mount
  /// that a link of the image has led to one of the places is an error here: EXDEV.
  void move() {
    whole.forEach(
        (place, mount) -> {
          draft.add(openBarePlace(place).because("a directory of the image, nothing over it"));
          draft.add(moveOntoResult(draft.resultOf(mount)).because("whole, and by descriptor"));
        });
  }

  private void processes() {
    enter("proc", "proc", "", "processes of this container only", NOSUID, NODEV, NOEXEC);
    sysctls();
    masks("/proc/");
    readonlyPaths();
  }

  private void devices() {
    enter("dev", "tmpfs", "mode=755,size=64k", "a /dev of its own", NOSUID, STRICTATIME);
    draft.addAll(DevSteps.nodes(spec.devices()));
    draft.addAll(DevSteps.filesystems(spec.shmSize(), opened.terminal()));
    draft.addAll(Nesting.places("/dev", spec.mounts(), opened.trees()));
  }

  private void hardware() {
    enter("sys", "sysfs", "", "programs look for hardware here", sysFlags());
    cgroups();
    masks("/sys/");
  }

  private MountFlag[] sysFlags() {
    var flags = new ArrayList<>(List.of(NOSUID, NODEV, NOEXEC));
    if (!spec.writableSys()) {
      flags.addFirst(RDONLY);
    }
    return flags.toArray(MountFlag[]::new);
  }

  private void cgroups() {
    if (!(spec.namespaces().cgroup() instanceof Namespace.Own)) {
      return;
    }
    if (opened.cgroup2()) {
      draft.add(
          mount("cgroup2", CgroupSteps.PLACE, "", sysFlags())
              .because("programs look for their limits here"));
    } else {
      draft.addAll(CgroupSteps.version1(opened.cgroup1(), sysFlags()));
    }
  }

  private void enter(String place, String type, String data, String why, MountFlag... flags) {
    String workplace = opened.staging() + "/" + place;
    draft.add(mount(type, workplace, data, flags).because(why));
    int mount = draft.add(openMount(workplace).because("moved when it is whole"));
    whole.put(place, mount);
    draft.add(chdir(workplace).because("names in it are the kernel's"));
  }

  private void sysctls() {
    new TreeMap<>(spec.sysctls())
        .forEach(
            (name, value) -> {
              String file = "sys/" + name.replace('.', '/');
              draft.add(openBelowForWriting(file).because("while it can be written"));
              draft.add(writeToResult(value).because("its file asks for it"));
            });
  }

  private void masks(String below) {
    for (Masked masked : opened.masked()) {
      if (masked.path().startsWith(below)) {
        draft.addAll(hide(masked, masked.path().substring(below.length()), opened));
      }
    }
  }

  /// What is masked once more since `mount` may show it again; the child stands in the root.
  static List<Step> maskedBy(MountSpec mount, Opened opened) {
    var steps = new ArrayList<Step>();
    for (Masked masked : opened.masked()) {
      if (masked.path().startsWith(mount.destination() + "/")) {
        steps.addAll(hide(masked, masked.path().substring(1), opened));
      }
    }
    return steps;
  }

  // What lies over it was made by the engine: nothing of the image can be taken for it.
  private static List<Step> hide(Masked masked, String place, Opened opened) {
    String cover = masked.directory() ? HeldFiles.EMPTY : HeldFiles.NULL;
    return List.of(
        openTree(opened.held(), cover).because("a cover of the engine's own"),
        openPlace(place).tolerating(NOT_THERE).because("where there is one"),
        moveResultOntoResult().tolerating(Errno.EBADF).because("tells of the host"));
  }

  private void readonlyPaths() {
    for (String path : spec.readonlyPaths()) {
      String place = path.substring("/proc/".length());
      draft.add(bind(place, place).tolerating(NOT_THERE).because("a mount, to have flags"));
      draft.add(
          change(place, BIND, REMOUNT, RDONLY, NOSUID, NODEV, NOEXEC)
              .tolerating(Errno.ENOENT, Errno.ENOTDIR, Errno.EINVAL)
              .because("writing here would change the host"));
    }
  }
}
