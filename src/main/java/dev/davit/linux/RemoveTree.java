package dev.davit.linux;

import java.util.ArrayDeque;

/// Removes a directory with all that is in it, whatever a container has put there: nothing is
/// followed, no name and no depth is too strange.
public final class RemoveTree {
  // Each level costs a descriptor and a frame; what lies deeper is moved up first.
  private static final int DEEPEST = 64;

  private final Fd top;
  private final ArrayDeque<String> pending = new ArrayDeque<>();
  private int moved;

  private RemoveTree(Fd top) {
    this.top = top;
  }

  /// Removes `name` from `directory`; it is no error if there is none.
  public static void remove(Fd directory, String name) {
    var removal = new RemoveTree(directory);
    if (removal.unlinked(directory, name)) {
      return;
    }
    removal.pending.push(name);
    while (!removal.pending.isEmpty()) {
      removal.removeDirectory(directory, removal.pending.pop(), 0);
    }
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
    FileCalls.rmdir(parent, name);
  }

  // False for a directory.
  private boolean unlinked(Fd directory, String name) {
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
