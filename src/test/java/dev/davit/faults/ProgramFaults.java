package dev.davit.faults;

import dev.davit.linux.Memory;
import dev.davit.linux.Syscall;
import dev.davit.program.Arg;
import dev.davit.program.Program;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The steps of children as fault points: the engine dies while a child is about to make one.
///
/// A child can run no code of ours and, once in a PID namespace, kill nobody outside. But until it
/// executes its program it shares the engine's memory: two further steps have the kernel write the
/// time there, which a thread of the engine waits for, and sleep until the engine is gone.
public final class ProgramFaults {
  private static final int CLOCK_MONOTONIC = 1;
  private static final long SLEEP_NANOS = 300_000_000;

  private ProgramFaults() {}

  /// Called with every program before it runs; returns the one to run in its place.
  public static Program seen(Program program) {
    FaultPoints.step("clone3");
    String places = FaultPoints.places();
    for (int i = 0; i < program.steps().size(); i++) {
      Step step = program.steps().get(i);
      if (FaultPoints.isDue("child: " + step.call() + " # " + step.why() + places)) {
        return deadlyAt(program, i);
      }
    }
    return program;
  }

  private static Program deadlyAt(Program program, int at) {
    long signal = new Memory().allocate(32); // never freed: the process ends
    long pause = signal + 16;
    Memory.putLong(signal, 0);
    Memory.putLong(pause, 0);
    Memory.putLong(pause + 8, SLEEP_NANOS);
    Thread.ofPlatform().daemon().start(() -> dieAfter(signal));
    var steps = new ArrayList<Step>(program.steps().subList(0, at));
    steps.add(step(Syscall.CLOCK_GETTIME, CLOCK_MONOTONIC, signal));
    steps.add(step(Syscall.NANOSLEEP, pause, 0));
    for (int i = at; i < program.steps().size(); i++) {
      steps.add(moved(program.steps().get(i), i, at, steps.size() - i));
    }
    return new Program(program.child(), steps);
  }

  private static void dieAfter(long signal) {
    while (Memory.getLong(signal) == 0) {
      Thread.onSpinWait();
    }
    FaultPoints.die();
  }

  private static Step step(Syscall call, long first, long second) {
    List<Arg> arguments = List.of(new Arg.Num(first), new Arg.Num(second));
    return new Step(call, arguments, Set.of(), "the engine dies");
  }

  // A result from before the new steps is further back now.
  private static Step moved(Step step, int index, int at, int by) {
    List<Arg> args =
        step.args().stream()
            .map(
                arg ->
                    arg instanceof Arg.Result(int back) && index - back < at
                        ? new Arg.Result(back + by)
                        : arg)
            .toList();
    return new Step(step.call(), args, step.tolerated(), step.why());
  }
}
