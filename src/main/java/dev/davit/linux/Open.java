package dev.davit.linux;

/// Flags of open(2) and openat2(2). Values from `asm-generic/fcntl.h`; the two that differ on
/// aarch64 are looked up.
public final class Open {
  public static final int RDONLY = 0;
  public static final int WRONLY = 1;
  public static final int RDWR = 2;
  public static final int CREAT = 0x40;
  public static final int EXCL = 0x80;
  public static final int NOCTTY = 0x100;
  public static final int TRUNC = 0x200;
  public static final int APPEND = 0x400;
  public static final int NONBLOCK = 0x800;
  public static final int CLOEXEC = 0x80000;
  public static final int PATH = 0x200000;
  public static final int DIRECTORY = Arch.current() == Arch.AARCH64 ? 0x4000 : 0x10000;
  public static final int NOFOLLOW = Arch.current() == Arch.AARCH64 ? 0x8000 : 0x20000;

  public static final long RESOLVE_NO_XDEV = 1;
  public static final long RESOLVE_NO_MAGICLINKS = 2;
  public static final long RESOLVE_NO_SYMLINKS = 4;
  public static final long RESOLVE_BENEATH = 8;
  public static final long RESOLVE_IN_ROOT = 16;

  private Open() {}
}
