package dev.davit.selftest;

import dev.davit.linux.Arch;
import dev.davit.linux.Errno;
import dev.davit.linux.Syscall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether the calls that docker's seccomp profile denies are denied. Each is made with arguments
/// that do no harm where it is not.
final class SyscallChecks {
  private static final String MEANING =
      "A container reaches parts of the kernel that it does not need, and their faults.";
  private static final int NEW_USER = 0x10000000;
  private static final int NEW_NAMESPACE = 0x00020000;
  private static final int ALG = 38;
  private static final int VSOCK = 40;
  private static final int X32 = 0x40000000;

  // Every argument is 0 or a bad address: at worst the kernel finds fault with that.
  private static final List<Syscall> DENIED =
      List.of(
          Syscall.ACCT,
          Syscall.ADD_KEY,
          Syscall.BPF,
          Syscall.CLOCK_SETTIME,
          Syscall.DELETE_MODULE,
          Syscall.FANOTIFY_INIT,
          Syscall.FINIT_MODULE,
          Syscall.FSCONFIG,
          Syscall.FSMOUNT,
          Syscall.FSOPEN,
          Syscall.FSPICK,
          Syscall.INIT_MODULE,
          Syscall.IO_URING_ENTER,
          Syscall.IO_URING_REGISTER,
          Syscall.IO_URING_SETUP,
          Syscall.IOPERM,
          Syscall.IOPL,
          Syscall.KEXEC_FILE_LOAD,
          Syscall.KEXEC_LOAD,
          Syscall.KEYCTL,
          Syscall.MOUNT,
          Syscall.MOUNT_SETATTR,
          Syscall.MOVE_MOUNT,
          Syscall.MOVE_PAGES,
          Syscall.OPEN_BY_HANDLE_AT,
          Syscall.OPEN_TREE,
          Syscall.PERF_EVENT_OPEN,
          Syscall.PIVOT_ROOT,
          Syscall.QUOTACTL,
          Syscall.REBOOT,
          Syscall.REQUEST_KEY,
          Syscall.SETDOMAINNAME,
          Syscall.SETHOSTNAME,
          Syscall.SETNS,
          Syscall.SETTIMEOFDAY,
          Syscall.SWAPOFF,
          Syscall.SWAPON,
          Syscall.SYSLOG,
          Syscall.UMOUNT2,
          Syscall.USERFAULTFD);

  // The numbers of unistd_32.h.
  private static final Map<String, Integer> OLD =
      Map.ofEntries(
          Map.entry("mount", 21),
          Map.entry("umount", 22),
          Map.entry("init_module", 128),
          Map.entry("keyctl", 288),
          Map.entry("unshare", 310),
          Map.entry("open_by_handle_at", 342),
          Map.entry("bpf", 357),
          Map.entry("userfaultfd", 374),
          Map.entry("io_uring_setup", 425));

  private SyscallChecks() {}

  static List<Check> all() {
    return List.of(native64(), old(), x32());
  }

  private static Check native64() {
    Arch arch = Arch.current();
    var probe = new Probe(arch);
    var rows = new TreeMap<String, Integer>();
    DENIED.stream()
        .filter(call -> call.number(arch) >= 0)
        .forEach(call -> rows.put(call.toString(), probe.call(call, 0, -1, 0, -1, 0, 0)));
    rows.put("unshare(NEWUSER)", probe.call(Syscall.UNSHARE, NEW_USER));
    rows.put("unshare(NEWNS)", probe.call(Syscall.UNSHARE, NEW_NAMESPACE));
    rows.put("clone(NEWUSER)", probe.call(Syscall.CLONE, NEW_USER | 17, 0, 0, 0, 0));
    rows.put("clone3", probe.call(Syscall.CLONE3, 0, 0));
    rows.put("socket(ALG)", probe.call(Syscall.SOCKET, ALG, 5, 0));
    rows.put("socket(VSOCK)", probe.call(Syscall.SOCKET, VSOCK, 1, 0));
    return Check.inside(
        "system calls that no container needs are denied",
        MEANING,
        probe,
        seen -> Verdict.of(open(seen, rows)));
  }

  private static Check old() {
    String name = "they are denied by the 32-bit ABI too";
    if (Arch.current() != Arch.X86_64) {
      return new Check(
          name, MEANING, _ -> Verdict.skipped("a 64-bit process has no other ABI on this machine"));
    }
    var probe = new Probe();
    var rows = new TreeMap<String, Integer>();
    OLD.forEach((call, number) -> rows.put(call, probe.old(number, 0, -1, 0, -1, 0, 0)));
    rows.put("unshare(NEWUSER)", probe.old(310, NEW_USER));
    rows.put("socket(ALG)", probe.old(359, ALG, 5, 0));
    rows.put("socket(VSOCK)", probe.old(359, VSOCK, 1, 0));
    // socketcall(SYS_SOCKET, {ALG, 5, 0}) with the array in memory
    byte[] arguments = {ALG, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0};
    rows.put("socketcall(ALG)", probe.old(102, 1, Value.bytes(arguments)));
    return new Check(
        name,
        MEANING,
        laboratory -> {
          Ended ended = laboratory.run(laboratory.config(), probe);
          // int 0x80 without CONFIG_IA32_EMULATION is a fault of the process.
          return ended.exitCode() == 128 + 11
              ? Verdict.skipped("this kernel has no 32-bit ABI")
              : ended.judged(probe, seen -> Verdict.of(open(seen, rows)));
        });
  }

  private static Check x32() {
    String name = "they are denied by the x32 ABI too";
    if (Arch.current() != Arch.X86_64) {
      return new Check(name, MEANING, _ -> Verdict.skipped("x32 is an ABI of x86-64"));
    }
    var probe = new Probe();
    var rows = new TreeMap<String, Integer>();
    List.of(Syscall.MOUNT, Syscall.UNSHARE, Syscall.BPF, Syscall.KEYCTL, Syscall.USERFAULTFD)
        .forEach(
            call ->
                rows.put(
                    call.toString(),
                    probe.number(X32 | call.number(Arch.X86_64), 0, -1, 0, -1, 0)));
    rows.put("socket(ALG)", probe.number(X32 | Syscall.SOCKET.number(Arch.X86_64), ALG, 5, 0));
    return Check.inside(name, MEANING, probe, seen -> Verdict.of(open(seen, rows)));
  }

  /// The calls that came to anything but a refusal.
  static List<String> open(Seen seen, Map<String, Integer> rows) {
    var open = new ArrayList<String>();
    rows.forEach(
        (call, row) -> {
          if (!seen.failed(row, Errno.EPERM, Errno.ENOSYS)) {
            open.add("%s: %s".formatted(call, seen.outcome(row)));
          }
        });
    return open;
  }
}
