package dev.davit.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a machine must have before an engine is started on it.
final class Requirements {
  private Requirements() {}

  /// Throws [ClientException] with one clear sentence.
  static void check() {
    check(System.getProperty("os.name", ""), System.getProperty("os.version", ""), uid());
  }

  static void check(String system, String release, int uid) {
    if (!system.equals("Linux")) {
      throw new ClientException(
          "Davit needs Linux, this is \"" + system + "\"", "run it in a Linux virtual machine");
    }
    if (!isAtLeast(release, 5, 10)) {
      throw new ClientException(
          "Davit needs Linux 5.10 or newer, this is \"" + release + "\"", "update the kernel");
    }
    if (uid != 0) {
      throw new ClientException(
          "Davit's engine needs root, this is uid " + uid,
          "run it with sudo, or have it started for you and the group davit");
    }
  }

  static boolean isAtLeast(String release, int major, int minor) {
    int dot = release.indexOf('.');
    int first = leadingNumber(release, 0);
    int second = dot < 0 ? 0 : leadingNumber(release, dot + 1);
    return first > major || (first == major && second >= minor);
  }

  private static int leadingNumber(String text, int from) {
    int value = 0;
    for (int i = from; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      value = 10 * value + text.charAt(i) - '0';
    }
    return value;
  }

  private static int uid() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return 0;
    }
  }
}
