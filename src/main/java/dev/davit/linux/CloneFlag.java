package dev.davit.linux;

/// Flags of clone3(2), unshare(2) and setns(2); each name is the C constant without `CLONE_`.
public enum CloneFlag {
  VM(0x100),
  PIDFD(0x1000),
  VFORK(0x4000),
  NEWNS(0x20000),
  NEWCGROUP(0x2000000),
  NEWUTS(0x4000000),
  NEWIPC(0x8000000),
  NEWUSER(0x10000000),
  NEWPID(0x20000000),
  NEWNET(0x40000000),
  CLEAR_SIGHAND(1L << 32),
  INTO_CGROUP(1L << 33);

  private final long bit;

  CloneFlag(long bit) {
    this.bit = bit;
  }

  public long bit() {
    return bit;
  }
}
