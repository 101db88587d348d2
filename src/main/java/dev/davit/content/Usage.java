package dev.davit.content;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// What a directory takes on the disk: as du(1), each file once however many names it has.
public final class Usage {
  private record Inode(long dev, long number) {}

  private final Set<Inode> seen = new HashSet<>();
  private long bytes;

  private Usage() {}

  /// Of `path` itself and all below it; 0 where nothing is.
  public static long of(Path path) {
    var usage = new Usage();
    try (Fd file = Kernel.open(path.toString(), Open.PATH | Open.NOFOLLOW, 0)) {
      usage.add(file);
    } catch (SyscallException _) {
      return usage.bytes;
    }
    return usage.bytes;
  }

  private void add(Fd file) {
    Stat stat = Stat.of(file);
    if (stat.links() > 1
        && stat.type() != Stat.DIRECTORY
        && !seen.add(new Inode(stat.dev(), stat.inode()))) {
      return;
    }
    bytes += stat.allocated();
    if (stat.type() == Stat.DIRECTORY) {
      try (Fd directory = Kernel.open(file.magicLink().toString(), Open.RDONLY, 0)) {
        for (String name : FileCalls.names(directory)) {
          try (Fd child = FileCalls.open(directory, name, Open.PATH, 0)) {
            add(child);
          }
        }
      }
    }
  }
}
