package dev.davit.runtime;

import dev.davit.linux.MountFlag;
import dev.davit.program.Bytes;
import java.nio.file.Path;
import java.util.Set;

/// A mount that the container's file asks for, in addition to those every container has.
public sealed interface MountSpec {
  /// Absolute path in the container; symbolic links in the image are followed inside its root.
  String destination();

  /// A file or directory of the host, with what is mounted below it.
  ///
  /// @param propagation PRIVATE, SLAVE or SHARED
  record Bind(Path source, String destination, boolean readOnly, MountFlag propagation)
      implements MountSpec {
    /// A bind mount that passes no mount on in either direction.
    public static Bind of(Path source, String destination, boolean readOnly) {
      return new Bind(source, destination, readOnly, MountFlag.PRIVATE);
    }
  }

  /// An empty file system in memory.
  ///
  /// @param options as tmpfs(5) has them: `size=64m,mode=1777,uid=100`
  /// @param flags NOSUID, NODEV, NOEXEC; RDONLY takes effect when the places for mounts below are
  ///   made
  record Tmpfs(String destination, String options, Set<MountFlag> flags) implements MountSpec {
    public Tmpfs {
      flags = Set.copyOf(flags);
    }
  }

  /// A file that lies in memory only and can be read only: no file system of the host has it.
  ///
  /// @param content not printed anywhere
  /// @param mode permission bits
  /// @param name of what it is, for those who read the program
  record Held(String destination, Bytes content, int uid, int gid, int mode, String name)
      implements MountSpec {
    public static Held of(
        String destination, byte[] content, int uid, int gid, int mode, String name) {
      return new Held(destination, Bytes.of(content), uid, gid, mode, name);
    }

    @Override
    public String toString() {
      return "Held[" + name + " at " + destination + "]";
    }
  }
}
