package dev.davit.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.linux.Errno;
import dev.davit.linux.Pidfd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real children, but nothing that needs a privilege.
class ProgramRunnerTest {
  private static Program program(Step... steps) {
    return new Program(Clone.plain(), List.of(steps));
  }

  private static int end(Launched child) {
    try (var pidfd = child.pidfd()) {
      return Pidfd.await(pidfd);
    }
  }

  @Test
  void runWhenLastStepIsExitEndsWithItsStatus() {
    Launched child = ProgramRunner.run(program(Calls.exit(42)));
    assertEquals(42, end(child));
    assertTrue(child.trace().complete());
  }

  @Test
  void runBecomesAnotherProgram() {
    var argv = List.of("sh", "-c", "exit $CODE");
    Launched child = ProgramRunner.run(program(Calls.execve("/bin/sh", argv, List.of("CODE=7"))));
    assertTrue(child.trace().complete(), child.trace().print());
    assertEquals(7, end(child));
  }

  @Test
  void runWhenStepFailsTellsWhichAndWhy() {
    Launched child =
        ProgramRunner.run(program(Calls.chdir("/"), Calls.chdir("/no/such"), Calls.exit(0)));
    assertEquals(127, end(child));
    Trace trace = child.trace();
    assertEquals(OptionalInt.of(1), trace.failedStep());
    assertFalse(trace.complete());
    assertEquals(
        "step 2 of 3 failed: chdir(\"/no/such\") = -1 ENOENT (No such file or directory)",
        trace.failure());
    assertEquals(new Outcome.NotReached(), trace.outcomes().getLast());
  }

  @Test
  void runWhenErrorIsToleratedGoesOn() {
    Step shrugged = Calls.chdir("/no/such").tolerating(Errno.ENOENT);
    Launched child = ProgramRunner.run(program(shrugged, Calls.exit(3)));
    assertEquals(3, end(child));
    assertEquals(OptionalInt.empty(), child.trace().failedStep());
    assertEquals(new Outcome.Failed(Errno.ENOENT), child.trace().outcomes().getFirst());
  }

  @Test
  void runHandsAResultToALaterStep(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    Launched child =
        ProgramRunner.run(
            program(
                Calls.openForWriting(file.toString()),
                Calls.writeToResult("written by the child"),
                Calls.exit(0)));
    assertEquals(0, end(child));
    assertEquals("written by the child", Files.readString(file));
  }

  @Test
  void runWhenAResultIsUsedTwiceIsRefused() {
    Step open = Calls.openForWriting("/dev/null");
    Step second = new Step(open.call(), List.of(new Arg.Result(2)), Set.of(), "");
    var twice = program(open, Calls.writeToResult("x"), second);
    assertThrows(IllegalArgumentException.class, () -> ProgramRunner.run(twice));
  }

  @Test
  void runFromManyThreadsAtOnceMixesNothingUp() {
    int[] codes =
        IntStream.range(0, 64)
            .parallel()
            .map(i -> end(ProgramRunner.run(program(Calls.exit(i)))))
            .toArray();
    assertArrayEquals(IntStream.range(0, 64).toArray(), codes);
  }
}
