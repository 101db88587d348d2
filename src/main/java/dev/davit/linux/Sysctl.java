package dev.davit.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What is below /proc/sys, sysctl(8).
public final class Sysctl {
  private static final int LONGEST = 4096;

  private Sysctl() {}

  /// The text of one, without the newline. It is read in one piece: of a number the kernel says
  /// nothing from the second byte on, so that `Files.readString` has its first digit only.
  ///
  /// @param name as a path below /proc/sys, `kernel/pid_max`
  public static String read(String name) {
    try (var file = Kernel.open("/proc/sys/" + name, Open.RDONLY, 0)) {
      return new String(Kernel.read(file, LONGEST), UTF_8).strip();
    }
  }

  /// The same of one that is a number.
  public static long number(String name) {
    return Long.parseLong(read(name));
  }
}
