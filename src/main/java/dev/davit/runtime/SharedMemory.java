package dev.davit.runtime;

import dev.davit.linux.CloneFlag;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.NewMount;
import dev.davit.linux.Open;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The /dev/shm of a running process, for another container. open_tree(2) copies mounts of the
/// caller's own mount namespace only, so a thread goes there for it.
public final class SharedMemory {
  private static final int CLONE_FS = 0x200;

  private SharedMemory() {}

  /// A detached copy of the mount; the caller closes it.
  public static Fd of(int pid) {
    var result = new CompletableFuture<Fd>();
    try (Fd namespace = Kernel.open("/proc/" + pid + "/ns/mnt", Open.RDONLY, 0)) {
      Thread.ofPlatform().name("setns-mnt").start(() -> copy(namespace, result));
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static void copy(Fd namespace, CompletableFuture<Fd> result) {
    try {
      // setns(2): root and working directory have to be the thread's own.
      Kernel.unshare(CLONE_FS);
      Kernel.setns(namespace, (int) CloneFlag.NEWNS.bit());
      long resolve = Open.RESOLVE_NO_SYMLINKS | Open.RESOLVE_NO_MAGICLINKS;
      try (Fd root = Kernel.open("/", Open.PATH | Open.DIRECTORY, 0);
          Fd place = Kernel.openat2(root, "dev/shm", Open.PATH | Open.DIRECTORY, 0, resolve)) {
        Fd tree = NewMount.openTree(place, NewMount.OPEN_TREE_CLONE);
        result.complete(new Fd(tree.number(), "/dev/shm of " + namespace.name()));
      }
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }
}
