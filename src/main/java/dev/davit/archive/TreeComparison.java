package dev.davit.archive;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.Xattr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds what differs between two directories that should be the same: names, types, owners, modes,
/// times, links, attributes and content.
public final class TreeComparison {
  private static final int CHUNK = 256 * 1024;

  private final Set<String> lenient;
  private final int most;
  private final List<String> differences = new ArrayList<>();

  private TreeComparison(Set<String> lenient, int most) {
    this.lenient = lenient;
    this.most = most;
  }

  /// What differs, `PATH: WHAT` each, `most` at most.
  ///
  /// @param lenient paths of directories whose own owner, mode and time may differ, with the top
  public static List<String> differences(Fd expected, Fd actual, Set<String> lenient, int most) {
    var comparison = new TreeComparison(lenient, most);
    comparison.directory(expected, actual, "");
    return comparison.differences;
  }

  private void directory(Fd expected, Fd actual, String path) {
    var wanted = new TreeSet<>(FileCalls.names(expected));
    var found = new TreeSet<>(FileCalls.names(actual));
    for (String name : wanted) {
      if (differences.size() >= most) {
        return;
      }
      String below = path.isEmpty() ? name : path + "/" + name;
      if (found.remove(name)) {
        file(expected, actual, name, below);
      } else {
        add(below, "is missing");
      }
    }
    found.forEach(name -> add(path.isEmpty() ? name : path + "/" + name, "should not be there"));
  }

  private void add(String path, String what) {
    if (differences.size() < most) {
      differences.add(path + ": " + what);
    }
  }

  private void file(Fd expected, Fd actual, String name, String path) {
    try (Fd left = FileCalls.open(expected, name, Open.PATH, 0);
        Fd right = FileCalls.open(actual, name, Open.PATH, 0)) {
      Stat wanted = Stat.of(left);
      Stat found = Stat.of(right);
      if (wanted.type() != found.type()) {
        add(path, "has another type");
        return;
      }
      boolean whiteout = wanted.type() == Stat.CHARACTER && wanted.rdev() == 0;
      if (!whiteout && !lenient.contains(path)) {
        status(wanted, found, path);
      }
      switch (wanted.type()) {
        case Stat.DIRECTORY -> {
          try (Fd one = readable(left);
              Fd other = readable(right)) {
            attributes(one, other, path);
            directory(one, other, path);
          }
        }
        case Stat.REGULAR -> {
          try (Fd one = readable(left);
              Fd other = readable(right)) {
            attributes(one, other, path);
            content(one, other, path);
          }
        }
        case Stat.SYMLINK -> {
          if (!FileCalls.readlink(left, "").equals(FileCalls.readlink(right, ""))) {
            add(path, "leads elsewhere");
          }
        }
        default -> {
          if (wanted.rdev() != found.rdev()) {
            add(path, "is another device");
          }
        }
      }
    }
  }

  private static Fd readable(Fd file) {
    return Kernel.open(file.magicLink().toString(), Open.RDONLY, 0);
  }

  private void status(Stat wanted, Stat found, String path) {
    if (wanted.uid() != found.uid() || wanted.gid() != found.gid()) {
      add(path, "belongs to %d:%d".formatted(found.uid(), found.gid()));
    }
    if (wanted.mode() != found.mode()) {
      add(path, "has the mode %o and not %o".formatted(found.mode(), wanted.mode()));
    }
    if (!wanted.mtime().equals(found.mtime())) {
      add(path, "has another time");
    }
    if (wanted.type() != Stat.DIRECTORY && wanted.links() != found.links()) {
      add(path, "has %d names and not %d".formatted(found.links(), wanted.links()));
    }
  }

  private void attributes(Fd one, Fd other, String path) {
    var wanted = new TreeSet<>(Xattr.list(one));
    if (!wanted.equals(new TreeSet<>(Xattr.list(other)))
        || wanted.stream()
            .anyMatch(name -> !Arrays.equals(Xattr.get(one, name), Xattr.get(other, name)))) {
      add(path, "has other attributes");
    }
  }

  private void content(Fd one, Fd other, String path) {
    byte[] wanted;
    do {
      wanted = Kernel.read(one, CHUNK);
      if (!Arrays.equals(wanted, Kernel.read(other, CHUNK))) {
        add(path, "has other content");
        return;
      }
    } while (wanted.length > 0);
  }
}
