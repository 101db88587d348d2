package dev.davit.engine;

import java.util.Map;
import java.util.Optional;

/// What the kernel's security modules shall make of a container's processes.
///
/// @param apparmor the AppArmor profile; without one they stay as the engine is
/// @param selinux parts of the SELinux context (`user`, `role`, `type`, `level`) that differ from
///   the policy's for containers; without any they stay as the engine is
public record LsmConfig(Optional<String> apparmor, Map<String, String> selinux) {
  public static final LsmConfig NONE = new LsmConfig(Optional.empty(), Map.of());

  public LsmConfig {
    selinux = Map.copyOf(selinux);
  }
}
