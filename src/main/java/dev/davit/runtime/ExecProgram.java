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
import java.util.Set;

/// What one more process in a running container asks of the kernel. The child that runs it is never
/// in the container's PID namespace: until it has given up its privileges and the engine's memory
/// and descriptors, no process of the container can see it, let alone trace it. Only then
/// [Init#ENTER] makes the process that those inside can see.
final class ExecProgram {
  private ExecProgram() {}

  /// @param target a pidfd of the container's first process
  static Program of(ExecSpec spec, Fd target, Entry entry, List<Fd> stdio, Trampoline trampoline) {
    var steps = new ArrayList<>(ProcessSteps.join(entry));
    steps.addAll(ProcessSteps.beforehand(spec.process()));
    // setns(2): all by one pidfd, so that they are those of one process. The PID namespace is that
    // of children only.
    var all = EnumSet.of(NEWNS, NEWUTS, NEWIPC, NEWNET, NEWCGROUP, NEWPID);
    steps.add(setns(target, all).because("where the container is"));
    steps.addAll(ProcessSteps.become(spec.process(), stdio, trampoline));
    return new Program(new Clone(Set.of(), entry.directory()), steps);
  }
}
