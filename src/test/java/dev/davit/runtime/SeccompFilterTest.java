package dev.davit.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.linux.Arch;
import dev.davit.linux.Errno;
import dev.davit.linux.Pidfd;
import dev.davit.linux.Syscall;
import dev.davit.program.Arg;
import dev.davit.program.Bytes;
import dev.davit.program.Calls;
import dev.davit.program.Clone;
import dev.davit.program.Outcome;
import dev.davit.program.Program;
import dev.davit.program.ProgramRunner;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Real calls in a child that has loaded the filter; no privilege is needed.
class SeccompFilterTest {
  private static final long AF_INET = 2;
  private static final long AF_ALG = 38;
  private static final long AF_VSOCK = 40;
  private static final long ADDR_NO_RANDOMIZE = 0x40000;

  private static Outcome outcome(Set<Capability> capabilities, Syscall call, long... args) {
    return outcome(SeccompFilter.of(Arch.current(), capabilities), call, args);
  }

  private static Outcome outcome(Bytes filter, Syscall call, long... args) {
    List<Arg> list = new ArrayList<>();
    LongStream.of(args).mapToObj(Arg.Num::new).forEach(list::add);
    var steps =
        List.of(
            Calls.noNewPrivs(),
            Calls.seccomp(filter),
            new Step(call, list, Set.of(), ""),
            Calls.exit(0));
    var child = ProgramRunner.run(new Program(Clone.plain(), steps));
    try (var pidfd = child.pidfd()) {
      Pidfd.await(pidfd);
    }
    return child.trace().outcomes().get(2);
  }

  private static void assertRefused(Errno errno, Syscall call, long... args) {
    assertEquals(new Outcome.Failed(errno), outcome(Capability.defaults(), call, args));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "KEYCTL",
        "ADD_KEY",
        "REQUEST_KEY",
        "BPF",
        "IO_URING_SETUP",
        "USERFAULTFD",
        "MOUNT",
        "FSOPEN",
        "PERF_EVENT_OPEN",
        "INIT_MODULE",
        "KEXEC_LOAD",
        "OPEN_BY_HANDLE_AT",
        "REBOOT",
        "SWAPON",
        "SETNS"
      })
  void refusesWhatDockerRefuses(Syscall call) {
    assertRefused(Errno.EPERM, call);
  }

  @Test
  void refusesSocketsIntoTheKernelsCryptoAndTheHypervisor() {
    assertRefused(Errno.EPERM, Syscall.SOCKET, AF_ALG, 5, 0);
    assertRefused(Errno.EPERM, Syscall.SOCKET, AF_VSOCK, 1, 0);
  }

  @Test
  void allowsOrdinarySockets() {
    var outcome = outcome(Capability.defaults(), Syscall.SOCKET, AF_INET, 1, 0);
    assertEquals(Outcome.Returned.class, outcome.getClass());
  }

  @Test
  void refusesNewNamespacesByCloneAndHidesClone3() {
    assertRefused(Errno.EPERM, Syscall.CLONE, 0x10000000L | 17);
    assertRefused(Errno.ENOSYS, Syscall.CLONE3, 0, 0);
    assertRefused(Errno.EPERM, Syscall.UNSHARE, 0x10000000L);
  }

  @Test
  void allowsNewNamespacesWithSysAdmin() {
    var admin = EnumSet.of(Capability.SYS_ADMIN);
    // An invalid flag gets through the filter, and the kernel itself says EINVAL.
    assertEquals(new Outcome.Failed(Errno.EINVAL), outcome(admin, Syscall.UNSHARE, 1));
  }

  @Test
  void refusesPersonalitiesThatWeakenTheProcess() {
    assertRefused(Errno.EPERM, Syscall.PERSONALITY, ADDR_NO_RANDOMIZE);
    var query = outcome(Capability.defaults(), Syscall.PERSONALITY, 0xffffffffL);
    assertEquals(new Outcome.Returned(0), query);
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, 5, 0, 5, 6",
    "EQUAL, 4294967301, 0, 4294967301, 5",
    "NOT_EQUAL, 5, 0, 4294967301, 5",
    "NOT_EQUAL, 4294967301, 0, 4294967302, 4294967301",
    "LESS, 4294967301, 0, 4294967300, 4294967301",
    "LESS, 5, 0, 4, -1",
    "LESS_OR_EQUAL, 4294967301, 0, 4294967301, 4294967302",
    "LESS_OR_EQUAL, 4294967301, 0, 6, 8589934592",
    "GREATER, 5, 0, 4294967300, 5",
    "GREATER, 4294967301, 0, 8589934592, 4294967301",
    "GREATER_OR_EQUAL, 4294967301, 0, 4294967301, 4294967300",
    "GREATER_OR_EQUAL, 5, 0, -1, 4",
    "MASKED_EQUAL, 4294967297, 4294967296, 4294967298, 4294967299"
  })
  void aProfileComparesArguments(
      SeccompProfile.Operator operator, long value, long second, long yes, long no) {
    var comparison = new SeccompProfile.Comparison(1, operator, value, second);
    var rule =
        new SeccompProfile.Rule(
            Set.of("lseek"), 0x00050000 | 1, List.of(comparison), Set.of(), Set.of());
    var profile = new SeccompProfile(0x7fff0000, List.of(rule));
    Bytes filter = SeccompFilter.of(Arch.current(), Set.of(), profile);
    assertEquals(
        new Outcome.Failed(Errno.EPERM), outcome(filter, Syscall.LSEEK, -1, yes, 0), "matches");
    assertEquals(
        new Outcome.Failed(Errno.EBADF), outcome(filter, Syscall.LSEEK, -1, no, 0), "does not");
  }

  @Test
  void aRuleWithoutConditionsIsTheLastOneOfItsCall() {
    var comparison = new SeccompProfile.Comparison(1, SeccompProfile.Operator.EQUAL, 7, 0);
    var plain =
        new SeccompProfile.Rule(Set.of("lseek"), 0x00050000 | 1, List.of(), Set.of(), Set.of());
    var seven =
        new SeccompProfile.Rule(
            Set.of("lseek"), 0x7fff0000, List.of(comparison), Set.of(), Set.of());
    var profile = new SeccompProfile(0x7fff0000, List.of(plain, seven));
    Bytes filter = SeccompFilter.of(Arch.current(), Set.of(), profile);
    assertEquals(new Outcome.Failed(Errno.EBADF), outcome(filter, Syscall.LSEEK, -1, 7, 0));
    assertEquals(new Outcome.Failed(Errno.EPERM), outcome(filter, Syscall.LSEEK, -1, 8, 0));
  }

  @Test
  void everyCallOfTheTableHasAnAnswer() {
    for (Syscall call : Syscall.values()) {
      SeccompRules.answer(call, Capability.defaults());
    }
    assertEquals(SeccompRules.ALLOW, SeccompRules.answer(Syscall.OPENAT, Capability.defaults()));
  }
}
