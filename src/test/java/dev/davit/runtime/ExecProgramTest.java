package dev.davit.runtime;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Fd;
import dev.davit.test.Golden;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// One more process in a container as text.
class ExecProgramTest {
  @Test
  void ofAConfinedProcess() {
    var process =
        new ProcessSpec(
            "/bin/sh",
            List.of("sh"),
            List.of("PATH=/bin"),
            "/",
            0,
            0,
            List.of(),
            Set.of(Capability.values()),
            List.of(),
            false,
            Seccomp.UNCONFINED,
            List.of(new ExecAttribute("/proc/self/attr/apparmor/exec", "exec web")),
            OptionalInt.empty());
    var entry = new Entry(Optional.of(Fd.placeholder("cgroup")), List.of());
    List<Fd> stdio = List.of(Fd.placeholder("null"), Fd.placeholder("out"), Fd.placeholder("err"));
    var spec = new ExecSpec("web-1", process);
    Golden.check(
        "runtime/exec.program",
        ExecProgram.of(
                spec,
                Fd.placeholder("web-1"),
                entry,
                stdio,
                Trampoline.enter(Fd.placeholder("davit-init"), Fd.placeholder("report")))
            .print());
  }
}
