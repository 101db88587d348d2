package dev.davit.program;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;

/// Runs a program in a new child. The caller's thread sleeps until the child has become another
/// program or has ended, so the trace is whole on return.
public final class ProgramRunner {
  private ProgramRunner() {}

  /// Clones and runs; a step that fails is told by the trace, a clone3 that fails is thrown as
  /// [dev.davit.linux.SyscallException]. A child that ended early waits to be reaped.
  public static Launched run(Program program) {
    try (var memory = new Memory()) {
      Block block = Block.encode(program, memory);
      long pid = Kernel.check(Stub.CODE.call(block.address()), () -> program.child().print());
      return new Launched((int) pid, new Fd(block.pidfd(), "pidfd:" + pid), block.trace());
    }
  }
}
