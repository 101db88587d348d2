package dev.davit.volume;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Kernel;
import dev.davit.linux.SyscallException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The options of the volume driver `local`, as docker has them: another file system in place of
/// the volume's own directory, as mount(8) would mount it.
///
/// @param flags `MS_*`
/// @param data what the file system itself understands
record DriverOptions(String type, String device, long flags, String data) {
  private static final Set<String> KNOWN = Set.of("type", "o", "device");
  private static final long RDONLY = 0x1;
  private static final long REMOUNT = 0x20;
  private static final long BIND = 0x1000;
  private static final long REC = 0x4000;
  // mount(8), "filesystem-independent mount options", with the bits of mount(2).
  private static final Map<String, Long> SETS =
      Map.ofEntries(
          Map.entry("ro", RDONLY),
          Map.entry("nosuid", 0x2L),
          Map.entry("nodev", 0x4L),
          Map.entry("noexec", 0x8L),
          Map.entry("sync", 0x10L),
          Map.entry("dirsync", 0x80L),
          Map.entry("noatime", 0x400L),
          Map.entry("nodiratime", 0x800L),
          Map.entry("bind", BIND),
          Map.entry("rbind", BIND | REC),
          Map.entry("relatime", 1L << 21),
          Map.entry("strictatime", 1L << 24));
  private static final Map<String, Long> CLEARS =
      Map.of(
          "rw",
          RDONLY,
          "suid",
          0x2L,
          "dev",
          0x4L,
          "exec",
          0x8L,
          "async",
          0x10L,
          "atime",
          0x400L,
          "diratime",
          0x800L,
          "norelatime",
          1L << 21,
          "nostrictatime",
          1L << 24,
          "defaults",
          0L);

  /// Those of `config`, if it has some; INVALID for what docker refuses too.
  static Optional<DriverOptions> parse(VolumeConfig config) {
    Map<String, String> options = config.driverOpts();
    if (options.isEmpty()) {
      return Optional.empty();
    }
    for (String key : options.keySet()) {
      if (!KNOWN.contains(key)) {
        throw refused(config, "driver option \"" + key + "\" is unknown", "write type, o, device");
      }
    }
    String device = options.getOrDefault("device", "");
    String type = options.getOrDefault("type", "");
    if (device.isEmpty() || (type.isEmpty() && !options.getOrDefault("o", "").contains("bind"))) {
      throw refused(
          config,
          "driver options lack " + (device.isEmpty() ? "\"device\"" : "\"type\""),
          "write type, device and o as for mount(8); type: tmpfs has device: tmpfs");
    }
    return Optional.of(parse(type, device, options.getOrDefault("o", "")));
  }

  private static DavitException refused(VolumeConfig config, String what, String action) {
    return new DavitException(
            Kind.INVALID, "%s, of volume \"%s\"".formatted(what, config.name()), action)
        .about(Culprit.of(Part.DRIVER));
  }

  private static DriverOptions parse(String type, String device, String words) {
    long flags = 0;
    var data = new ArrayList<String>();
    for (String word : words.split(",", -1)) {
      if (SETS.containsKey(word)) {
        flags |= SETS.getOrDefault(word, 0L);
      } else if (CLEARS.containsKey(word)) {
        flags &= ~CLEARS.getOrDefault(word, 0L);
      } else if (!word.isBlank()) {
        data.add(word);
      }
    }
    return new DriverOptions(type, device, flags, String.join(",", data));
  }

  /// Mounts it; the error says what the kernel has against it.
  void mount(Path place) {
    String target = place.toString();
    try {
      Kernel.mount(device, target, type.isEmpty() ? "none" : type, flags, resolved());
      long own = flags & ~(BIND | REC);
      if ((flags & BIND) != 0 && own != 0) {
        // mount(2): the flags of a bind mount can only be changed afterwards.
        Kernel.mount(null, target, null, own | BIND | REMOUNT, null);
      }
    } catch (SyscallException e) {
      throw new DavitException(
              e.kind(),
              "device \"%s\" cannot be mounted: %s".formatted(device, e.getMessage()),
              action(e),
              e)
          .about(Culprit.of(Part.DRIVER));
    }
  }

  private String action(SyscallException e) {
    return switch (e.errno()) {
      case ENOENT, ENOTDIR -> "make \"%s\", or correct the device".formatted(device);
      case ENODEV -> "load the kernel's module for file system \"%s\"".formatted(type);
      default -> "mount(8) with these options says more";
    };
  }

  // mount(2) wants an address where mount.nfs(8) takes a name.
  private String resolved() {
    List<String> words = new ArrayList<>();
    for (String word : data.split(",", -1)) {
      words.add(word.startsWith("addr=") ? "addr=" + address(word.substring(5)) : word);
    }
    return String.join(",", words);
  }

  private static String address(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new DavitException(
              Kind.NOT_FOUND, "host \"%s\" has no address".formatted(host), "write its address", e)
          .about(Culprit.of(Part.DRIVER));
    }
  }
}
