package dev.davit.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The capabilities of capabilities(7), in the kernel's order: the ordinal is the number.
public enum Capability {
  CHOWN,
  DAC_OVERRIDE,
  DAC_READ_SEARCH,
  FOWNER,
  FSETID,
  KILL,
  SETGID,
  SETUID,
  SETPCAP,
  LINUX_IMMUTABLE,
  NET_BIND_SERVICE,
  NET_BROADCAST,
  NET_ADMIN,
  NET_RAW,
  IPC_LOCK,
  IPC_OWNER,
  SYS_MODULE,
  SYS_RAWIO,
  SYS_CHROOT,
  SYS_PTRACE,
  SYS_PACCT,
  SYS_ADMIN,
  SYS_BOOT,
  SYS_NICE,
  SYS_RESOURCE,
  SYS_TIME,
  SYS_TTY_CONFIG,
  MKNOD,
  LEASE,
  AUDIT_WRITE,
  AUDIT_CONTROL,
  SETFCAP,
  MAC_OVERRIDE,
  MAC_ADMIN,
  SYSLOG,
  WAKE_ALARM,
  BLOCK_SUSPEND,
  AUDIT_READ,
  PERFMON,
  BPF,
  CHECKPOINT_RESTORE;

  private static final Set<Capability> DEFAULT =
      Set.copyOf(
          EnumSet.of(
              CHOWN,
              DAC_OVERRIDE,
              FOWNER,
              FSETID,
              KILL,
              SETGID,
              SETUID,
              SETPCAP,
              NET_BIND_SERVICE,
              NET_RAW,
              SYS_CHROOT,
              MKNOD,
              AUDIT_WRITE,
              SETFCAP));

  /// What a container has when its file says nothing: docker's fourteen.
  public static Set<Capability> defaults() {
    return DEFAULT;
  }

  /// The capability with that name, with or without `CAP_`, in any case.
  public static Optional<Capability> parse(String name) {
    String bare = name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
    for (Capability capability : values()) {
      if (capability.name().equals(bare)) {
        return Optional.of(capability);
      }
    }
    return Optional.empty();
  }

  /// Those that this process may give: capabilities(7), its permitted set. A container is given no
  /// other.
  public static Set<Capability> held() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      long mask =
          lines
              .filter(line -> line.startsWith("CapPrm:"))
              .map(line -> Long.parseUnsignedLong(line.substring("CapPrm:".length()).strip(), 16))
              .findFirst()
              .orElse(0L);
      var held = EnumSet.allOf(Capability.class);
      held.removeIf(capability -> ((mask >>> capability.number()) & 1) == 0);
      return held;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Its number in the kernel's sets.
  @SuppressWarnings("EnumOrdinal") // the order is the kernel's interface
  int number() {
    return ordinal();
  }

  static long mask(Set<Capability> set) {
    return set.stream().mapToLong(capability -> 1L << capability.number()).sum();
  }
}
