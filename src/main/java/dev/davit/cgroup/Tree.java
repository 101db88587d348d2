package dev.davit.cgroup;

import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.linux.FileCalls;
import dev.davit.linux.SyscallException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A cgroup directory with those below it, which containers may make.
final class Tree {
  private static final int MODE = 0x1ed;
  private static final Fd HERE = new Fd(Fd.AT_FDCWD, "AT_FDCWD");

  private Tree() {}

  /// Calls `action` for `directory` and all below it, parents last; nothing happens if it is gone.
  static void walk(Path directory, Consumer<Path> action) {
    for (Path child : children(directory)) {
      walk(child, action);
    }
    action.accept(directory);
  }

  private static List<Path> children(Path directory) {
    var children = new ArrayList<Path>();
    DirectoryStream.Filter<Path> directories = Files::isDirectory;
    try (var stream = Files.newDirectoryStream(directory, directories)) {
      stream.forEach(children::add);
    } catch (NoSuchFileException | DirectoryIteratorException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return children;
  }

  /// Removes `directory` with those below it. Returns false while a process is in one of them.
  static boolean remove(Path directory) {
    if (rmdir(directory)) {
      return true;
    }
    walk(directory, Tree::rmdir);
    return !Files.exists(directory);
  }

  /// Removes one directory. Returns false where it has processes or children.
  static boolean rmdir(Path directory) {
    try {
      FileCalls.rmdir(HERE, directory.toString());
      return true;
    } catch (SyscallException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return true;
      }
      if (e.errno() == Errno.EBUSY || e.errno() == Errno.ENOTEMPTY) {
        return false;
      }
      throw e;
    }
  }

  /// Makes one directory. Returns false if it is there.
  static boolean mkdir(Path directory) {
    boolean made = FileCalls.mkdir(HERE, directory.toString(), MODE);
    if (made) {
      // A container's users look for their limits in it, whatever the umask.
      FileCalls.chmod(HERE, directory.toString(), MODE);
    }
    return made;
  }
}
