package dev.davit.linux;

import java.util.ArrayDeque;

/// Removes a directory with all that is in it, whatever a container has put there: nothing is
/// followed, no name and no depth is too strange.
public final class RemoveTree {
  // Each level costs a descriptor and a frame; what lies deeper is moved up first.
  private static final int DEEPEST = 64;

  private final Fd top;
  private final boolean crosses;
  private final ArrayDeque<String> pending = new ArrayDeque<>();
  private int moved;

  private RemoveTree(Fd top, boolean crosses) {
    this.top = top;
    this.crosses = crosses;
  }

  /// Removes `name` from `directory`; it is no error if there is none.
  public static void remove(Fd directory, String name) {
    new RemoveTree(directory, true).run(name);
  }

  /// As [#remove], but what is mounted there stays, with the directories that lead to it.
  public static void removeButMounts(Fd directory, String name) {
    new RemoveTree(directory, false).run(name);
  }

  private void run(String name) {
    if (unlinked(top, name)) {
      return;
    }
    pending.push(name);
    while (!pending.isEmpty()) {
      removeDirectory(top, pending.pop(), 0);
    }
  }

  // Asked before: the kernel refuses to remove a mount point in the caller's own mount namespace
  // only; in a container's it takes the mount away (mount_namespaces(7)).
  private boolean stays(Fd parent, String name) {
    return !crosses && isMount(parent, name);
  }

  /// Whether something is mounted on `name`, in whatever mount namespace `directory` is open.
  public static boolean isMount(Fd directory, String name) {
    long fd =
        Kernel.tryOpenat2(
            directory.number(), name, Open.PATH | Open.NOFOLLOW, 0, Open.RESOLVE_NO_XDEV);
    if (fd >= 0) {
      new Fd((int) fd, name).close();
    }
    return fd == -Errno.EXDEV.number();
  }

  private void removeDirectory(Fd parent, String name, int depth) {
    try (var directory = FileCalls.open(parent, name, Open.RDONLY | Open.DIRECTORY, 0)) {
      for (String child : FileCalls.names(directory)) {
        if (unlinked(directory, child)) {
          continue;
        }
        if (depth < DEEPEST) {
          removeDirectory(directory, child, depth + 1);
        } else {
          String near = ".davit-removed-" + System.nanoTime() + "-" + moved++;
          FileCalls.rename(directory, child, top, near);
          pending.push(near);
        }
      }
    }
    try {
      FileCalls.rmdir(parent, name);
    } catch (SyscallException e) {
      if (crosses || e.errno() != Errno.ENOTEMPTY) {
        throw e;
      }
    }
  }

  // False for a directory.
  private boolean unlinked(Fd directory, String name) {
    if (stays(directory, name)) {
      return true;
    }
    try {
      FileCalls.unlink(directory, name);
      return true;
    } catch (SyscallException e) {
      if (e.errno() == Errno.EISDIR) {
        return false;
      }
      throw e;
    }
  }
}
