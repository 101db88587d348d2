package dev.davit.compose.text;

import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.List;
import java.util.Locale;

/// Names that the kernel gives to what a service may ask for.
public final class KernelNames {
  /// capabilities(7), without `CAP_`.
  private static final List<String> CAPABILITIES =
      List.of(
          "ALL",
          "AUDIT_CONTROL",
          "AUDIT_READ",
          "AUDIT_WRITE",
          "BLOCK_SUSPEND",
          "BPF",
          "CHECKPOINT_RESTORE",
          "CHOWN",
          "DAC_OVERRIDE",
          "DAC_READ_SEARCH",
          "FOWNER",
          "FSETID",
          "IPC_LOCK",
          "IPC_OWNER",
          "KILL",
          "LEASE",
          "LINUX_IMMUTABLE",
          "MAC_ADMIN",
          "MAC_OVERRIDE",
          "MKNOD",
          "NET_ADMIN",
          "NET_BIND_SERVICE",
          "NET_BROADCAST",
          "NET_RAW",
          "PERFMON",
          "SETFCAP",
          "SETGID",
          "SETPCAP",
          "SETUID",
          "SYSLOG",
          "SYS_ADMIN",
          "SYS_BOOT",
          "SYS_CHROOT",
          "SYS_MODULE",
          "SYS_NICE",
          "SYS_PACCT",
          "SYS_PTRACE",
          "SYS_RAWIO",
          "SYS_RESOURCE",
          "SYS_TIME",
          "SYS_TTY_CONFIG",
          "WAKE_ALARM");

  /// getrlimit(2), without `RLIMIT_`, in lower case.
  private static final List<String> LIMITS =
      List.of(
          "as",
          "core",
          "cpu",
          "data",
          "fsize",
          "locks",
          "memlock",
          "msgqueue",
          "nice",
          "nofile",
          "nproc",
          "rss",
          "rtprio",
          "rttime",
          "sigpending",
          "stack");

  private KernelNames() {}

  /// Throws [MalformedException] unless `text` is a capability, in any case, with or without
  /// `CAP_`.
  public static void capability(String text) {
    String name = text.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    if (!CAPABILITIES.contains(name)) {
      String help = Suggestion.of(name, CAPABILITIES);
      throw MalformedException.invalid(
          Code.UNKNOWN_WORD,
          "capability",
          text,
          help == null ? "write a name of capabilities(7)" : help);
    }
  }

  /// Throws [MalformedException] unless `name` is a resource limit.
  public static void limit(String name) {
    if (!LIMITS.contains(name)) {
      String help = Suggestion.of(name, LIMITS);
      throw MalformedException.invalid(
          Code.UNKNOWN_WORD,
          "ulimit",
          name,
          help == null ? "write one of " + String.join(", ", LIMITS) : help);
    }
  }
}
