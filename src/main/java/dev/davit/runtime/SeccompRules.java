package dev.davit.runtime;

import dev.davit.linux.Syscall;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the default filter answers to each system call. Calls that change the host, load code into
/// the kernel or widen its surface are denied unless a capability of the container is meant for
/// them; calls that this table has never heard of do not exist.
final class SeccompRules {
  /// What the filter does with a call.
  sealed interface Answer {
    record Allow() implements Answer {}

    /// The call fails with that errno.
    record Refuse(int errno) implements Answer {}

    /// Refused with EPERM if a bit of `mask` is set in the first argument.
    record UnlessBits(long mask) implements Answer {}

    /// Refused with EPERM if the first argument is one of `values`.
    record Unless(Set<Integer> values) implements Answer {}

    /// Allowed if the first argument is one of `values`, else refused with EPERM.
    record Only(Set<Integer> values) implements Answer {}

    /// What seccomp(2) is to return, `SECCOMP_RET_*`.
    record Return(int value) implements Answer {}

    /// The answer of the first alternative whose comparisons all hold.
    record First(List<Alternative> alternatives, Answer otherwise) implements Answer {}
  }

  /// An answer under conditions.
  record Alternative(List<SeccompProfile.Comparison> comparisons, Answer answer) {}

  static final Answer ALLOW = new Answer.Allow();
  static final Answer EPERM = new Answer.Refuse(1);
  static final Answer ENOSYS = new Answer.Refuse(38);

  // clone(2): CLONE_NEW{NS,CGROUP,UTS,IPC,USER,PID,NET}
  private static final Answer CLONE = new Answer.UnlessBits(0x7E020000L);
  // address_families(7): AF_ALG opens the kernel's crypto, AF_VSOCK the hypervisor.
  private static final Answer SOCKET = new Answer.Unless(Set.of(38, 40));
  // personality(2): PER_LINUX, PER_LINUX32, UNAME26 with either, and the query.
  private static final Answer PERSONALITY =
      new Answer.Only(Set.of(0, 0x0008, 0x20000, 0x20008, 0xffffffff));

  private static final Set<Syscall> NEVER =
      EnumSet.of(
          Syscall.ADD_KEY,
          Syscall.AFS_SYSCALL,
          Syscall.CREATE_MODULE,
          Syscall.EPOLL_CTL_OLD,
          Syscall.EPOLL_WAIT_OLD,
          Syscall.GET_KERNEL_SYMS,
          Syscall.GETPMSG,
          Syscall.IO_URING_ENTER,
          Syscall.IO_URING_REGISTER,
          Syscall.IO_URING_SETUP,
          Syscall.KEXEC_FILE_LOAD,
          Syscall.KEXEC_LOAD,
          Syscall.KEYCTL,
          Syscall.MIGRATE_PAGES,
          Syscall.MOVE_PAGES,
          Syscall.NFSSERVCTL,
          Syscall.OPEN_TREE_ATTR,
          Syscall.PIVOT_ROOT,
          Syscall.PUTPMSG,
          Syscall.QUERY_MODULE,
          Syscall.REQUEST_KEY,
          Syscall.SECURITY,
          Syscall.SWAPOFF,
          Syscall.SWAPON,
          Syscall.SYSCTL,
          Syscall.SYSFS,
          Syscall.TUXCALL,
          Syscall.USELIB,
          Syscall.USERFAULTFD,
          Syscall.USTAT,
          Syscall.VSERVER);

  private static final Map<Capability, Set<Syscall>> MEANT_FOR = new EnumMap<>(Capability.class);

  static {
    MEANT_FOR.put(
        Capability.SYS_ADMIN,
        EnumSet.of(
            Syscall.BPF,
            Syscall.FANOTIFY_INIT,
            Syscall.FSCONFIG,
            Syscall.FSMOUNT,
            Syscall.FSOPEN,
            Syscall.FSPICK,
            Syscall.LOOKUP_DCOOKIE,
            Syscall.MOUNT,
            Syscall.MOUNT_SETATTR,
            Syscall.MOVE_MOUNT,
            Syscall.OPEN_TREE,
            Syscall.PERF_EVENT_OPEN,
            Syscall.QUOTACTL,
            Syscall.QUOTACTL_FD,
            Syscall.SETDOMAINNAME,
            Syscall.SETHOSTNAME,
            Syscall.SETNS,
            Syscall.SYSLOG,
            Syscall.UMOUNT2,
            Syscall.UNSHARE));
    MEANT_FOR.put(Capability.SYS_BOOT, EnumSet.of(Syscall.REBOOT));
    MEANT_FOR.put(Capability.SYS_CHROOT, EnumSet.of(Syscall.CHROOT));
    MEANT_FOR.put(
        Capability.SYS_MODULE,
        EnumSet.of(Syscall.DELETE_MODULE, Syscall.INIT_MODULE, Syscall.FINIT_MODULE));
    MEANT_FOR.put(Capability.SYS_PACCT, EnumSet.of(Syscall.ACCT));
    MEANT_FOR.put(
        Capability.SYS_PTRACE,
        EnumSet.of(Syscall.KCMP, Syscall.PIDFD_GETFD, Syscall.PROCESS_MADVISE));
    MEANT_FOR.put(Capability.SYS_RAWIO, EnumSet.of(Syscall.IOPERM, Syscall.IOPL));
    MEANT_FOR.put(Capability.SYS_TIME, EnumSet.of(Syscall.SETTIMEOFDAY, Syscall.CLOCK_SETTIME));
    MEANT_FOR.put(Capability.SYS_TTY_CONFIG, EnumSet.of(Syscall.VHANGUP));
    MEANT_FOR.put(
        Capability.SYS_NICE,
        EnumSet.of(
            Syscall.GET_MEMPOLICY,
            Syscall.MBIND,
            Syscall.SET_MEMPOLICY,
            Syscall.SET_MEMPOLICY_HOME_NODE));
    MEANT_FOR.put(Capability.SYSLOG, EnumSet.of(Syscall.SYSLOG));
    MEANT_FOR.put(Capability.DAC_READ_SEARCH, EnumSet.of(Syscall.OPEN_BY_HANDLE_AT));
    MEANT_FOR.put(Capability.BPF, EnumSet.of(Syscall.BPF));
    MEANT_FOR.put(Capability.PERFMON, EnumSet.of(Syscall.PERF_EVENT_OPEN));
  }

  private SeccompRules() {}

  /// The answer to `call` in a container with those capabilities.
  static Answer answer(Syscall call, Set<Capability> capabilities) {
    boolean admin = capabilities.contains(Capability.SYS_ADMIN);
    return switch (call) {
      case CLONE -> admin ? ALLOW : CLONE;
      // Its flags lie in memory, where a filter cannot look; libcs fall back to clone.
      case CLONE3 -> admin ? ALLOW : ENOSYS;
      case SOCKET -> SOCKET;
      case PERSONALITY -> PERSONALITY;
      default -> NEVER.contains(call) || !permitted(call, capabilities) ? EPERM : ALLOW;
    };
  }

  private static boolean permitted(Syscall call, Set<Capability> capabilities) {
    boolean restricted = false;
    for (var entry : MEANT_FOR.entrySet()) {
      if (entry.getValue().contains(call)) {
        restricted = true;
        if (capabilities.contains(entry.getKey())) {
          return true;
        }
      }
    }
    return !restricted;
  }
}
