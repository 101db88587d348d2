package dev.davit.runtime;

import dev.davit.linux.Errno;
import dev.davit.linux.Kernel;
import dev.davit.linux.Syscall;

/// What this kernel has, asked once.
final class KernelFeatures {
  // With a size of 0 the call says EINVAL where it exists.
  private static final boolean MOUNT_SETATTR =
      Kernel.tryCall(Syscall.MOUNT_SETATTR, -1, 0, 0, 0, 0) != -Errno.ENOSYS.number();

  private KernelFeatures() {}

  /// mount_setattr(2), kernel 5.12.
  static boolean mountSetattr() {
    return MOUNT_SETATTR;
  }
}
