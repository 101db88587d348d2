package dev.davit.linux;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import org.jspecify.annotations.Nullable;

/// A system call of this process that failed. The message reads as strace prints it:
/// `mkdir("/run/davit") = -1 EROFS (Read-only file system)`.
public final class SyscallException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final Errno errno;

  /// @param call the call with its arguments, as strace would print it
  public SyscallException(String call, Errno errno) {
    super(kindOf(errno), call + " = -1 " + errno.print(), actionFor(errno));
    this.errno = errno;
  }

  public Errno errno() {
    return errno;
  }

  private static Kind kindOf(Errno errno) {
    return switch (errno) {
      case ENOENT, ESRCH, ENODEV, ENXIO -> Kind.NOT_FOUND;
      case EPERM, EACCES, EROFS -> Kind.DENIED;
      case EEXIST, EBUSY, EADDRINUSE -> Kind.CONFLICT;
      case ENOSYS, EOPNOTSUPP, EAFNOSUPPORT, EPROTONOSUPPORT -> Kind.UNSUPPORTED;
      case ENOSPC, EDQUOT, EMFILE, ENFILE, ENOMEM, EAGAIN -> Kind.UNAVAILABLE;
      default -> Kind.INTERNAL;
    };
  }

  private static @Nullable String actionFor(Errno errno) {
    return switch (errno) {
      case EPERM, EACCES -> "run davit as root";
      case ENOSPC, EDQUOT -> "free some space and try again";
      case EMFILE, ENFILE -> "raise the limit of open files (ulimit -n)";
      default -> null;
    };
  }
}
