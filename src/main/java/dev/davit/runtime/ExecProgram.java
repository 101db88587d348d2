package dev.davit.runtime;

import static dev.davit.linux.CloneFlag.*;
import static dev.davit.program.Calls.*;

import dev.davit.cgroup.Entry;
import dev.davit.linux.Fd;
import dev.davit.program.Clone;
import dev.davit.program.Program;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one more process in a running container asks of the kernel. The thread that clones it
/// stands in the container's PID namespace already.
final class ExecProgram {
  private ExecProgram() {}

  /// @param target a pidfd of the container's first process
  static Program of(ExecSpec spec, Fd target, Entry entry, List<Fd> stdio, boolean terminal) {
    var steps = new ArrayList<>(ProcessSteps.join(entry));
    steps.addAll(ProcessSteps.confine(spec.process()));
    // setns(2): all by one pidfd, so that they are those of one process.
    var all = EnumSet.of(NEWNS, NEWUTS, NEWIPC, NEWNET, NEWCGROUP);
    steps.add(setns(target, all).because("where the container is"));
    steps.add(setsid().because("no terminal of the engine reaches it"));
    if (terminal) {
      steps.add(dup(stdio.getFirst(), 0).because("its terminal"));
      steps.add(controllingTerminal().because("Ctrl-C and job control"));
    }
    steps.addAll(ProcessSteps.become(spec.process(), stdio, Optional.empty(), Optional.empty()));
    return new Program(new Clone(Set.of(), entry.directory()), steps);
  }
}
