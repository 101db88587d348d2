package dev.davit.selftest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.linux.Arch;
import dev.davit.linux.Errno;
import dev.davit.selftest.Verdict.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is seen on a machine where things are not as they ought to be must be told.
class JudgementTest {
  private static final String STATUS =
      """
      Name:	probe
      CapInh:	0000000000000000
      CapPrm:	00000000a80425fb
      NoNewPrivs:	0
      Seccomp:	2
      """;

  private static Seen.Row failed(Errno errno) {
    return new Seen.Row(-errno.number(), "");
  }

  private static Seen.Row returned(long result) {
    return new Seen.Row(result, "");
  }

  @Test
  void capabilitiesThatAreNotAsWantedAreNamed() {
    Map<String, Long> wanted = Map.of("CapInh", 0L, "CapPrm", 0xa80425fbL);
    assertEquals(List.of(), PrivilegeChecks.wrong(STATUS, wanted, -1, 0, 2));
    assertEquals(
        List.of("NoNewPrivs is 0 instead of 1"), PrivilegeChecks.wrong(STATUS, wanted, -1, 1, 2));
    assertEquals(
        List.of("CapPrm is 00000000a80425fb instead of 0000000000000000"),
        PrivilegeChecks.wrong(STATUS, Map.of("CapPrm", 0L), -1, 0, 2));
    assertEquals(
        List.of("CapBnd is missing instead of 0000000000000000"),
        PrivilegeChecks.wrong(STATUS, Map.of("CapBnd", 0L), -1, 0, 2));
  }

  @Test
  void anEngineThatHasLessGivesLess() {
    assertEquals(
        List.of(), PrivilegeChecks.wrong(STATUS, Map.of("CapPrm", -1L), 0xa80425fbL, 0, 2));
  }

  @Test
  void aCallIsDeniedOnlyIfItIsRefused() {
    var seen =
        new Seen(
            List.of(failed(Errno.EPERM), failed(Errno.ENOSYS), failed(Errno.EFAULT), returned(3)));
    assertEquals(
        List.of("c: EFAULT", "d: 3"),
        SyscallChecks.open(seen, new TreeMap<>(Map.of("a", 0, "b", 1, "c", 2, "d", 3))));
  }

  @Test
  void aTrapThatSpeaksIsAWayToTheEngine() {
    assertEquals(Outcome.FAILED, ExecutableChecks.caught(new Ended("", 0, "")).outcome());
    assertEquals(Verdict.OK, ExecutableChecks.caught(new Ended("", 126, "")));
    assertEquals(Verdict.OK, ExecutableChecks.caught(new Ended("refused", 0, "")));
    String spoken = "\0".repeat(1 << 16);
    assertTrue(
        ExecutableChecks.caught(new Ended("", 126, spoken)).reason().startsWith("it runs as"));
  }

  @Test
  void whatIsNeitherMissingNorEmptyIsVisible() {
    var probe = new Probe();
    var look = new SystemFileChecks.Look(probe);
    int paths = probe.read("\0".repeat(1 << 16)).rows().size() / 3;
    var rows = new ArrayList<Seen.Row>();
    rows.addAll(three(FileStatus.CHARACTER, 0x103));
    rows.addAll(three(FileStatus.CHARACTER, 0x105));
    rows.addAll(three(FileStatus.DIRECTORY, 0));
    rows.addAll(three(0100000, 0));
    for (int i = 4; i < paths; i++) {
      rows.addAll(List.of(failed(Errno.ENOENT), failed(Errno.ENOENT), failed(Errno.EBADF)));
    }
    // The second and the fourth in the order of their names.
    assertEquals(
        List.of("/proc/asound is visible", "/proc/kcore is visible"), look.visible(new Seen(rows)));
  }

  private static List<Seen.Row> three(int mode, long device) {
    ByteBuffer stat = ByteBuffer.allocate(144).order(ByteOrder.LITTLE_ENDIAN);
    switch (Arch.current()) {
      case X86_64 -> stat.putInt(24, mode).putLong(40, device);
      case AARCH64 -> stat.putInt(16, mode).putLong(32, device);
    }
    return List.of(
        new Seen.Row(0, new String(stat.array(), StandardCharsets.ISO_8859_1)),
        returned(3),
        returned(0));
  }

  @Test
  void aContainerThatDoesNotStartOrBreaksOffIsAFailure() {
    var probe = new Probe();
    probe.say("x");
    assertEquals(
        "the container does not start: no room",
        new Ended("no room", 0, "").judged(probe, _ -> Verdict.OK).reason());
    assertEquals(
        "the program in the container ended early, with code 139",
        new Ended("", 139, "").judged(probe, _ -> Verdict.OK).reason());
  }
}
