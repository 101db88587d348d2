package dev.davit.runtime;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.program.Launched;
import dev.davit.program.Program;
import dev.davit.program.ProgramRunner;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Starts one more process in a running container. Safe for use by many threads.
public final class Execs {
  private final Fd code;

  /// @param code [Init]
  Execs(Fd code) {
    this.code = code;
  }

  /// Starts the process.
  ///
  /// @param pid the container's first process
  /// @param target its pidfd
  /// @param entry into its cgroup; the caller closes it
  /// @throws StartFailedException telling which system call failed
  public Started start(ExecSpec spec, int pid, Fd target, Entry entry, Stdio stdio) {
    Optional<Pty> pty = Optional.empty();
    if (stdio instanceof Stdio.Terminal size) {
      pty = Optional.of(terminal(pid, target, size));
    }
    List<Fd> descriptors =
        switch (stdio) {
          case Stdio.Pipes(Fd in, Fd out, Fd err) -> List.of(in, out, err);
          case Stdio.Terminal _ -> Collections.nCopies(3, pty.orElseThrow().slave());
        };
    try (var report = Report.open()) {
      var trampoline = Trampoline.enter(code, report.childEnd());
      Program program = ExecProgram.of(spec, target, entry, descriptors, trampoline);
      Launched child = report.ofEnter(ProgramRunner.run(program));
      return Starter.started(spec.id(), child, pty, List.of());
    } finally {
      pty.ifPresent(terminal -> terminal.childEnds().forEach(Fd::close));
    }
  }

  // The pid is still the target's if a signal still reaches the target after the directory is open.
  private static Pty terminal(int pid, Fd target, Stdio.Terminal size) {
    try (Fd root = Kernel.open("/proc/" + pid + "/root", Open.PATH | Open.DIRECTORY, 0)) {
      Kernel.sendSignal(target, 0);
      return Pty.inContainer(root, size);
    }
  }
}
