package dev.davit.engine;

import dev.davit.linux.Kernel;
import dev.davit.linux.MountFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The contents that containers have been handed, in memory and for root only. They outlive the
/// engine and not the machine. The file system that they lie in is there while there are some.
final class ContentStore {
  private static final int MNT_DETACH = 2;
  private static final String OPTIONS = "mode=0700,size=64m";

  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();

  ContentStore(Path directory) {
    this.directory = directory;
  }

  /// Keeps `contents`, by target, for the container; returns their digests.
  Map<String, String> keep(String id, Map<String, Content> contents) {
    if (contents.isEmpty()) {
      return digests(id, List.of());
    }
    lock.lock();
    try {
      mount();
      Path own = Files.createDirectories(directory.resolve(id));
      for (var entry : contents.entrySet()) {
        Files.write(own.resolve(name(entry.getKey())), entry.getValue().bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
    return digests(id, List.copyOf(contents.keySet()));
  }

  /// What the container has been handed for `target`, unless the machine was restarted meanwhile.
  Optional<Content> find(String id, String target) {
    Path file = directory.resolve(id).resolve(name(target));
    try {
      return Files.exists(file)
          ? Optional.of(Content.of(Files.readAllBytes(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The digests of what is there of `targets`.
  Map<String, String> digests(String id, List<String> targets) {
    var digests = new TreeMap<String, String>();
    for (String target : targets) {
      find(id, target).ifPresent(content -> digests.put(target, content.digest()));
    }
    return digests;
  }

  void forget(String id) {
    lock.lock();
    try {
      StateFiles.delete(directory.resolve(id));
      if (isMounted() && StateFiles.list(directory).isEmpty()) {
        Kernel.umount(directory.toString(), MNT_DETACH);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /// The containers that something is kept for.
  List<String> ids() {
    return StateFiles.list(directory).stream()
        .map(path -> String.valueOf(path.getFileName()))
        .toList();
  }

  // A target may be longer than a file name.
  private static String name(String target) {
    return Content.of(target).digest();
  }

  private void mount() throws IOException {
    Files.createDirectories(directory);
    if (!isMounted()) {
      String where = directory.toString();
      long flags = MountFlag.NOSUID.bit() | MountFlag.NODEV.bit() | MountFlag.NOEXEC.bit();
      // tmpfs(5): since Linux 6.4 it can be kept off the swap device.
      String noswap = Kernel.isAtLeast(6, 4) ? ",noswap" : "";
      Kernel.mount("davit-contents", where, "tmpfs", flags, OPTIONS + noswap);
    }
  }

  private boolean isMounted() throws IOException {
    return Files.exists(directory)
        && !Files.getAttribute(directory, "unix:dev")
            .equals(Files.getAttribute(directory.resolveSibling("."), "unix:dev"));
  }

  /// The contents among `mounts`, by target.
  static Map<String, Content> among(List<MountConfig> mounts) {
    var contents = new HashMap<String, Content>();
    for (MountConfig mount : mounts) {
      mount
          .file()
          .flatMap(FileConfig::content)
          .ifPresent(content -> contents.put(mount.target(), content));
    }
    return contents;
  }
}
