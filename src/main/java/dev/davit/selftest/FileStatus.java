package dev.davit.selftest;

import dev.davit.linux.Arch;
import java.nio.ByteBuffer;

/// What newfstatat(2) says of a file; the kernel's `struct stat` differs between the machines.
///
/// @param mode type and permissions
/// @param device of a device, as major << 8 | minor for small ones
record FileStatus(int mode, int owner, long device) {
  static final int CHARACTER = 0020000;
  static final int DIRECTORY = 0040000;
  private static final int TYPE = 0170000;

  static FileStatus of(Arch arch, ByteBuffer stat) {
    return switch (arch) {
      case X86_64 -> new FileStatus(stat.getInt(24), stat.getInt(28), stat.getLong(40));
      case AARCH64 -> new FileStatus(stat.getInt(16), stat.getInt(24), stat.getLong(32));
    };
  }

  int type() {
    return mode & TYPE;
  }

  int permissions() {
    return mode & 07777;
  }
}
