package dev.davit.image;

import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Stat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the layer above the host's root must have, decided by looking at the host: which
/// directories appear empty, which files appear empty, and the directories that lead there.
///
/// @param entries by absolute path, parents first
record Mask(Map<Path, Entry> entries) {
  enum Shape {
    /// Leads to an entry: what the host has in it stays visible.
    PARENT,
    EMPTY_DIRECTORY,
    EMPTY_FILE
  }

  record Entry(Shape shape, int permissions, int uid, int gid) {}

  private static final List<String> DIRECTORIES =
      List.of(
          "/root",
          "/home",
          "/run",
          "/tmp",
          "/var/tmp",
          "/var/run",
          "/mnt",
          "/media",
          "/boot",
          "/lost+found",
          "/proc",
          "/sys",
          "/dev",
          "/var/lib/davit",
          "/var/lib/docker",
          "/var/lib/containerd",
          "/var/lib/containers",
          "/var/lib/kubelet",
          "/var/backups",
          "/var/spool/cron",
          "/etc/ssl/private",
          "/etc/letsencrypt",
          "/etc/wireguard",
          "/etc/NetworkManager/system-connections");

  private static final List<String> SECRETS =
      List.of("/etc/shadow", "/etc/shadow-", "/etc/gshadow", "/etc/gshadow-", "/etc/krb5.keytab");

  // Bound over in each container; on the host they may be links into /run.
  private static final List<String> BOUND_OVER =
      List.of("/etc/resolv.conf", "/etc/hosts", "/etc/hostname");

  Mask {
    entries = new TreeMap<>(entries);
  }

  /// The mask of this host.
  ///
  /// @param own Davit's directories, wherever they are
  /// @param javaHome what unprivileged users must be able to reach
  static Mask of(List<Path> own, Path javaHome) {
    var entries = new TreeMap<Path, Entry>();
    Stream.concat(DIRECTORIES.stream().map(Path::of), own.stream())
        .flatMap(path -> existing(path).stream())
        .filter(path -> path.getNameCount() > 0 && Files.isDirectory(path))
        .sorted()
        .forEach(path -> hide(path, Shape.EMPTY_DIRECTORY, entries, javaHome));
    Stream.concat(SECRETS.stream().map(Path::of), hostKeys())
        .flatMap(path -> existing(path).stream())
        .filter(Files::isRegularFile)
        .forEach(path -> hide(path, Shape.EMPTY_FILE, entries, javaHome));
    for (String path : BOUND_OVER) {
      entries.put(Path.of(path), new Entry(Shape.EMPTY_FILE, 0x1a4, 0, 0));
    }
    for (Path path : List.copyOf(entries.keySet())) {
      addParents(path, entries);
    }
    return new Mask(entries);
  }

  private static void hide(Path path, Shape shape, Map<Path, Entry> entries, Path javaHome) {
    if (hides(entries, path)) {
      return;
    }
    Entry entry = entry(path, shape);
    if (javaHome.startsWith(path)) {
      // Java is bound in below: everybody may pass, nobody may list.
      entry = new Entry(shape, entry.permissions() | 0x49, entry.uid(), entry.gid());
    }
    entries.put(path, entry);
  }

  private static void addParents(Path path, Map<Path, Entry> entries) {
    for (Path parent = path.getParent();
        parent != null && parent.getNameCount() > 0 && !entries.containsKey(parent);
        parent = parent.getParent()) {
      entries.put(parent, entry(parent, Shape.PARENT));
    }
  }

  private static Entry entry(Path path, Shape shape) {
    try (var file = Kernel.open(path.toString(), Open.PATH, 0)) {
      var stat = Stat.of(file);
      return new Entry(shape, stat.permissions(), stat.uid(), stat.gid());
    }
  }

  // Where a hidden place is a link, what it leads to is hidden and the link stays.
  private static Optional<Path> existing(Path path) {
    try {
      return Files.exists(path) ? Optional.of(path.toRealPath()) : Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Stream<Path> hostKeys() {
    Path directory = Path.of("/etc/ssh");
    if (!Files.isDirectory(directory)) {
      return Stream.empty();
    }
    var keys = new ArrayList<Path>();
    try (var found = Files.newDirectoryStream(directory, "ssh_host_*_key")) {
      found.forEach(keys::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return keys.stream();
  }

  /// Whether `path` lies in an emptied directory or is one.
  boolean hides(Path path) {
    return hides(entries, path);
  }

  private static boolean hides(Map<Path, Entry> entries, Path path) {
    return entries.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue().shape() == Shape.EMPTY_DIRECTORY
                    && path.startsWith(entry.getKey()));
  }

  /// One line an entry.
  String print() {
    var out = new StringBuilder();
    entries.forEach(
        (path, entry) ->
            out.append(
                "%s %s %o %d:%d%n"
                    .formatted(
                        path, entry.shape(), entry.permissions(), entry.uid(), entry.gid())));
    return out.toString();
  }
}
