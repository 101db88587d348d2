package dev.davit.archive;

import dev.davit.archive.FileTree.Found;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Stat;
import dev.davit.linux.Xattr;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Writes what lies in a tree as a tar stream: owners, modes, times, links, devices and extended
/// attributes. Sockets are left out, as is what vanishes meanwhile.
public class Packing {
  private static final int CHUNK = 256 * 1024;
  private static final int DEEPEST = 512;

  private record Inode(long dev, long number) {}

  private final FileTree tree;
  private final TarOutput out;
  private final Map<Inode, String> written = new HashMap<>();

  Packing(FileTree tree, TarOutput out) {
    this.tree = tree;
    this.out = out;
  }

  /// Writes `start`, with what is below it, under `name`; an empty name leaves a directory itself
  /// out and takes only its content.
  public static void pack(FileTree tree, Found start, String name, OutputStream out)
      throws IOException {
    var tar = new TarOutput(out);
    var packing = new Packing(tree, tar);
    if (name.isEmpty()) {
      packing.children(start, "", 0);
    } else {
      packing.file(start, name, 0);
    }
    tar.end();
  }

  /// Writes single files under the names given; of a directory only itself. What is not there is
  /// left out.
  ///
  /// @param names in the stream, by path in the tree
  public static void packEach(FileTree tree, Map<String, String> names, OutputStream out)
      throws IOException {
    var tar = new TarOutput(out);
    var packing = new Packing(tree, tar);
    for (var each : names.entrySet()) {
      Optional<Found> found = tree.find(each.getKey(), false);
      if (found.isPresent()) {
        try (Found file = found.get()) {
          packing.file(file, each.getValue());
        }
      }
    }
    tar.end();
  }

  void header(TarEntry entry) throws IOException {
    out.header(entry);
  }

  final FileTree tree() {
    return tree;
  }

  /// Writes what is in `directory`.
  ///
  /// @param prefix of its names in the stream
  final void children(Found directory, String prefix) throws IOException {
    children(directory, prefix, 0);
  }

  /// Writes `file`, which is the child of a directory, with what is below it.
  void child(Found file, String name, int depth) throws IOException {
    file(file, name, depth);
  }

  /// Writes what comes between a directory and what is in it.
  ///
  /// @param prefix of its names in the stream
  void enter(Found directory, String prefix) throws IOException {}

  private void file(Found file, String name) throws IOException {
    if (file.isDirectory()) {
      header(entry(file, file.stat(), name + "/", 0, ""));
    } else {
      file(file, name, 0);
    }
  }

  private void children(Found directory, String prefix, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new DavitException(
          Kind.INVALID, "directories are nested more than %d deep".formatted(DEEPEST));
    }
    for (String name : tree.names(directory)) {
      Optional<Found> child = tree.child(directory, name);
      if (child.isPresent()) {
        try (Found file = child.get()) {
          child(file, prefix + name, depth + 1);
        }
      }
    }
  }

  private void file(Found file, String name, int depth) throws IOException {
    Stat stat = file.stat();
    switch (stat.type()) {
      case Stat.DIRECTORY -> {
        header(entry(file, stat, name + "/", 0, ""));
        enter(file, name + "/");
        if (file.isEntered()) {
          children(file, name + "/", depth);
        }
      }
      case Stat.REGULAR -> regular(file, stat, name);
      case Stat.SYMLINK -> header(entry(file, stat, name, 0, FileCalls.readlink(file.fd(), "")));
      case Stat.CHARACTER, Stat.BLOCK, Stat.FIFO -> header(entry(file, stat, name, 0, ""));
      default -> {}
    }
  }

  private void regular(Found file, Stat stat, String name) throws IOException {
    if (stat.links() > 1) {
      String first = written.putIfAbsent(new Inode(stat.dev(), stat.inode()), name);
      if (first != null) {
        TarEntry own = entry(file, stat, name, 0, first);
        header(
            new TarEntry(
                name,
                TarEntry.LINK,
                own.mode(),
                own.uid(),
                own.gid(),
                0,
                own.time(),
                first,
                0,
                Map.of()));
        return;
      }
    }
    long size = file.isEntered() ? stat.size() : 0;
    header(entry(file, stat, name, size, ""));
    content(file, size);
    out.pad(size);
  }

  // The header has said how much comes: what has been cut off meanwhile is zeros, what has been
  // added is left out.
  private void content(Found file, long size) throws IOException {
    try (Fd readable = FileTree.readable(file, 0)) {
      long left = size;
      while (left > 0) {
        byte[] some = Kernel.read(readable, (int) Math.min(CHUNK, left));
        if (some.length == 0) {
          break;
        }
        out.write(some, some.length);
        left -= some.length;
      }
      byte[] zeros = new byte[(int) Math.min(CHUNK, left)];
      for (; left > 0; left -= Math.min(left, zeros.length)) {
        out.write(zeros, (int) Math.min(left, zeros.length));
      }
    }
  }

  private static TarEntry entry(Found file, Stat stat, String name, long size, String link) {
    return new TarEntry(
        name,
        stat.type(),
        stat.permissions(),
        stat.uid(),
        stat.gid(),
        size,
        stat.mtime(),
        link,
        stat.rdev(),
        attributes(file, stat));
  }

  private static Map<String, byte[]> attributes(Found file, Stat stat) {
    boolean has = stat.type() == Stat.REGULAR || stat.type() == Stat.DIRECTORY;
    if (!has) {
      return Map.of();
    }
    var attributes = new HashMap<String, byte[]>();
    try (Fd readable = FileTree.readable(file, 0)) {
      for (String name : Xattr.list(readable)) {
        if (Attributes.travels(name)) {
          attributes.put(name, Xattr.get(readable, name));
        }
      }
    }
    return attributes;
  }
}
