package dev.davit.linux;

/// Flags of mount(2); each name is the C constant without `MS_`.
public enum MountFlag {
  RDONLY(1),
  NOSUID(2),
  NODEV(4),
  NOEXEC(8),
  REMOUNT(0x20),
  BIND(0x1000),
  REC(0x4000),
  UNBINDABLE(1 << 17),
  PRIVATE(1 << 18),
  SLAVE(1 << 19),
  SHARED(1 << 20),
  RELATIME(1 << 21),
  STRICTATIME(1 << 24);

  private final long bit;

  MountFlag(long bit) {
    this.bit = bit;
  }

  public long bit() {
    return bit;
  }
}
