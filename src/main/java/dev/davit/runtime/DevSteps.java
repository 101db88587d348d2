package dev.davit.runtime;

import static dev.davit.linux.MountFlag.*;
import static dev.davit.program.Calls.*;

import dev.davit.linux.Errno;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a container finds in /dev. The child stands in a new, empty file system, so names are safe.
final class DevSteps {
  private static final List<Step> STANDARD =
      List.of(
          mknod("null", 1, 3).because("programs expect it"),
          mknod("zero", 1, 5).because("programs expect it"),
          mknod("full", 1, 7).because("programs expect it"),
          mknod("random", 1, 8).because("programs expect it"),
          mknod("urandom", 1, 9).because("programs expect it"),
          mknod("tty", 5, 0).because("stands for the controlling terminal"),
          symlink("/proc/self/fd", "fd").because("shells expect it"),
          symlink("/proc/self/fd/0", "stdin").because("shells expect it"),
          symlink("/proc/self/fd/1", "stdout").because("images log to it"),
          symlink("/proc/self/fd/2", "stderr").because("images log to it"),
          symlink("pts/ptmx", "ptmx").because("new terminals come from its own devpts"));

  private DevSteps() {}

  static List<Step> nodes(List<Device> more) {
    var steps = new ArrayList<>(STANDARD);
    for (Device device : more) {
      steps.addAll(parents(device.path()));
      String path = device.path().substring("/dev/".length());
      steps.add(
          mknod(path, device.block(), device.major(), device.minor(), device.mode())
              .tolerating(Errno.EEXIST)
              .because("its file asks for it"));
      if (device.uid() != 0 || device.gid() != 0) {
        steps.add(chown(path, device.uid(), device.gid()).because("as on the host"));
      }
    }
    return steps;
  }

  private static List<Step> parents(String path) {
    var steps = new ArrayList<Step>();
    String inDev = path.substring("/dev/".length());
    for (int slash = inDev.indexOf('/'); slash > 0; slash = inDev.indexOf('/', slash + 1)) {
      steps.add(
          mkdir(inDev.substring(0, slash))
              .tolerating(Errno.EEXIST)
              .because("for the device below"));
    }
    return steps;
  }

  static List<Step> filesystems(long shmSize, Optional<Pty> terminal) {
    var steps = new ArrayList<Step>();
    steps.add(mkdir("pts").because("a mount point"));
    steps.add(mkdir("shm").because("a mount point"));
    steps.add(mkdir("mqueue").because("a mount point"));
    steps.add(pts(terminal));
    if (shmSize > 0) {
      steps.add(
          mount("tmpfs", "shm", "mode=1777,size=" + shmSize, NOSUID, NODEV, NOEXEC)
              .because("shm_open(3)"));
    }
    steps.add(mount("mqueue", "mqueue", "", NOSUID, NODEV, NOEXEC).because("mq_open(3)"));
    if (terminal.isPresent()) {
      steps.add(mkfile("console").because("a mount point"));
      steps.add(bind("pts/0", "console").because("the terminal it was started with"));
    }
    return steps;
  }

  private static Step pts(Optional<Pty> terminal) {
    return terminal
        .flatMap(Pty::devpts)
        .map(devpts -> moveMount(devpts, "pts").because("with its terminal in it"))
        .orElseGet(
            () ->
                mount("devpts", "pts", "newinstance,ptmxmode=0666,mode=0620,gid=5", NOSUID, NOEXEC)
                    .because("terminals of this container only"));
  }
}
