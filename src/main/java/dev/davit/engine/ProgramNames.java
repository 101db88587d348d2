package dev.davit.engine;

import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.InRoot;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import dev.davit.linux.SyscallException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The programs that a PATH leads to inside a container's root, by descriptor. Of directories
/// without end only the beginning is read: what fills them may want to harm.
final class ProgramNames {
  private static final int MANY = 4096;
  private static final Pattern ORDINARY = Pattern.compile("[\\w.+@:\\[-]+");

  private ProgramNames() {}

  static SortedSet<String> in(Fd root, String path) {
    var names = new TreeSet<String>();
    for (String directory : path.split(":", -1)) {
      if (directory.startsWith("/") && names.size() < MANY) {
        open(root, directory).ifPresent(found -> collect(found, names));
      }
    }
    return names;
  }

  private static Optional<Fd> open(Fd root, String directory) {
    try {
      return InRoot.open(root, directory, Open.RDONLY | Open.DIRECTORY);
    } catch (SyscallException noDirectory) {
      return Optional.empty();
    }
  }

  private static void collect(Fd directory, SortedSet<String> names) {
    try (directory) {
      for (String name : FileCalls.names(directory, MANY)) {
        if (ORDINARY.matcher(name).matches() && isProgram(directory, name)) {
          names.add(name);
        }
      }
    }
  }

  // A symbolic link is taken for what it promises: it may lead out of the directory.
  private static boolean isProgram(Fd directory, String name) {
    try (Fd file = InRoot.open(directory, name, Open.PATH | Open.NOFOLLOW).orElse(null)) {
      if (file == null) {
        return false;
      }
      Stat stat = Stat.of(file);
      return stat.type() == Stat.SYMLINK
          || (stat.type() == Stat.REGULAR && (stat.mode() & 0111) != 0);
    } catch (SyscallException gone) {
      return false;
    }
  }
}
