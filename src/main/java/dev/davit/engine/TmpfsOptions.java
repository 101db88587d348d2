package dev.davit.engine;

import static dev.davit.linux.MountFlag.NODEV;
import static dev.davit.linux.MountFlag.NOEXEC;
import static dev.davit.linux.MountFlag.NOSUID;
import static dev.davit.linux.MountFlag.RDONLY;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.MountFlag;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The options of a tmpfs, docker's defaults below those that are asked for; pure.
///
/// @param data what tmpfs(5) itself understands
record TmpfsOptions(Set<MountFlag> flags, String data) {
  private static final Map<String, MountFlag> SETS =
      Map.of("ro", RDONLY, "nosuid", NOSUID, "nodev", NODEV, "noexec", NOEXEC);
  private static final Map<String, MountFlag> CLEARS =
      Map.of("rw", RDONLY, "suid", NOSUID, "dev", NODEV, "exec", NOEXEC);
  private static final Set<String> DATA =
      Set.of("size", "nr_blocks", "nr_inodes", "mode", "uid", "gid", "huge", "mpol");
  private static final String USUAL_MODE = "mode=1777";

  TmpfsOptions {
    flags = Set.copyOf(flags);
  }

  /// The options of `mount`; INVALID for one that tmpfs does not know.
  static TmpfsOptions of(MountConfig mount, boolean readOnly) {
    var flags = EnumSet.of(NOSUID, NODEV, NOEXEC);
    var data = new ArrayList<String>();
    mount.tmpfs().size().ifPresent(size -> data.add("size=" + size));
    mount.tmpfs().mode().ifPresent(mode -> data.add("mode=" + Integer.toOctalString(mode)));
    for (String option : mount.tmpfs().options()) {
      if (SETS.containsKey(option)) {
        flags.add(SETS.get(option));
      } else if (CLEARS.containsKey(option)) {
        flags.remove(CLEARS.get(option));
      } else if (DATA.contains(option.replaceFirst("=.*", ""))) {
        data.add(option);
      } else {
        throw unknown(mount.target(), option);
      }
    }
    if (readOnly) {
      flags.add(RDONLY);
    }
    if (data.stream().noneMatch(option -> option.startsWith("mode="))) {
      data.add(USUAL_MODE);
    }
    return new TmpfsOptions(flags, String.join(",", data));
  }

  private static DavitException unknown(String target, String option) {
    return new DavitException(
        Kind.INVALID,
        "option \"%s\" of the tmpfs at \"%s\" is unknown".formatted(option, target),
        "write " + String.join(", ", names()));
  }

  private static List<String> names() {
    var names = new ArrayList<String>();
    names.addAll(SETS.keySet());
    names.addAll(CLEARS.keySet());
    DATA.forEach(name -> names.add(name + "=VALUE"));
    names.sort(String::compareTo);
    return names;
  }
}
