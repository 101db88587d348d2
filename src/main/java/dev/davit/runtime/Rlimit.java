package dev.davit.runtime;

import java.util.List;
import java.util.Locale;

/// A resource limit of setrlimit(2).
///
/// @param name as Compose and ulimit(1) have it: `nofile`, `nproc`
/// @param soft at most `hard`, -1 for no limit
public record Rlimit(String name, long soft, long hard) {
  // The index is the number of the resource, asm-generic/resource.h.
  private static final List<String> RESOURCES =
      List.of(
          "cpu",
          "fsize",
          "data",
          "stack",
          "core",
          "rss",
          "nproc",
          "nofile",
          "memlock",
          "as",
          "locks",
          "sigpending",
          "msgqueue",
          "nice",
          "rtprio",
          "rttime");

  public Rlimit {
    if (!RESOURCES.contains(name)) {
      throw new IllegalArgumentException("no such limit: " + name);
    }
  }

  /// Whether setrlimit(2) knows a limit of that name.
  public static boolean exists(String name) {
    return RESOURCES.contains(name);
  }

  int number() {
    return RESOURCES.indexOf(name);
  }

  String constant() {
    return "RLIMIT_" + name.toUpperCase(Locale.ROOT);
  }
}
