package dev.davit.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.linux.Errno;
import dev.davit.linux.Fd;
import dev.davit.program.Arg;
import dev.davit.program.Calls;
import dev.davit.program.Clone;
import dev.davit.program.Outcome;
import dev.davit.program.Program;
import dev.davit.program.Step;
import dev.davit.program.Trace;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The failed system call tells what of the file it was made for.
class StartFailureTest {
  private static final Fd ROOT = Fd.placeholder("rootfs");
  private static final List<Step> STEPS =
      List.of(
          Calls.openPlaceFollowing("/data"),
          Calls.fchdirToResult(),
          Calls.fchdir(ROOT),
          Calls.openBelowForWriting("sys/net/core/somaxconn"),
          Calls.writeToResult("x"),
          Calls.bind("dev/null", "proc/keys"),
          Calls.chdir("/"),
          Calls.openPlaceFollowing("/work"),
          Calls.fchdirToResult(),
          Calls.umask(022),
          Calls.prlimit(new Arg.Flags(7, "RLIMIT_NOFILE"), 1, 1),
          Calls.setuid(1),
          Calls.execFd(3, List.of("davit-exec", "/bin/foo", "foo"), List.of("SECRET=x")),
          Calls.openForWriting("/proc/self/attr/apparmor/exec"),
          Calls.writeToResult("exec web"),
          Calls.openForWriting("/proc/self/attr/exec"),
          Calls.writeToResult("u:r:t:s0"));

  private static Trace failed(int step, Errno errno) {
    List<Outcome> outcomes =
        IntStream.range(0, STEPS.size())
            .<Outcome>mapToObj(
                i -> {
                  if (i == step) {
                    return new Outcome.Failed(errno);
                  }
                  return i < step ? new Outcome.Returned(0) : new Outcome.NotReached();
                })
            .toList();
    return new Trace(new Program(Clone.plain(), STEPS), outcomes);
  }

  private static Optional<Culprit> culprit(int step) {
    return StartFailure.culprit(failed(step, Errno.EPERM), List.of("/data"));
  }

  @Test
  void stepTellsWhatItWasMadeFor() {
    assertEquals(Optional.of(new Culprit(Part.MOUNT, "/data")), culprit(0));
    assertEquals(Optional.of(new Culprit(Part.MOUNT, "/data")), culprit(1));
    var sysctl = Optional.of(new Culprit(Part.SYSCTL, "net.core.somaxconn"));
    assertEquals(sysctl, culprit(3));
    assertEquals(sysctl, culprit(4));
    assertEquals(Optional.of(new Culprit(Part.WORKING_DIRECTORY, "/work")), culprit(7));
    assertEquals(Optional.of(new Culprit(Part.ULIMIT, "nofile")), culprit(10));
    assertEquals(Optional.of(Culprit.of(Part.COMMAND)), culprit(12));
  }

  @Test
  void profileThatIsNotLoadedIsNamed() {
    assertEquals(Optional.of(new Culprit(Part.CONFINEMENT, "exec web")), culprit(14));
    Trace missing = failed(14, Errno.ENOENT);
    assertEquals("AppArmor profile \"web\" is not loaded", StartFailure.message("web-1", missing));
    assertEquals(
        "load it with apparmor_parser -r FILE; aa-status lists those that are loaded",
        StartFailure.action(missing));
    assertEquals(
        "AppArmor profile \"web\" cannot be given: permission denied",
        StartFailure.message("web-1", failed(14, Errno.EACCES)));
    assertEquals(
        "SELinux context \"u:r:t:s0\" cannot be given: invalid argument",
        StartFailure.message("web-1", failed(16, Errno.EINVAL)));
  }

  @Test
  void stepOfNoAttributeBlamesNone() {
    assertEquals(Optional.empty(), culprit(2));
    assertEquals(Optional.empty(), culprit(5));
    assertEquals(Optional.empty(), culprit(11));
  }

  @Test
  void failedExecSaysFirstWhatPeopleAsk() {
    Trace missing = failed(12, Errno.ENOENT);
    assertEquals(
        "program \"/bin/foo\" is not in the container, or its interpreter is not",
        StartFailure.message("web", missing));
    assertEquals(
        "step 13 of 17 failed: execveat(3, \"\", [\"davit-exec\", \"/bin/foo\", \"foo\"],"
            + " /* 1 vars */, AT_EMPTY_PATH)"
            + " = -1 ENOENT (No such file or directory)",
        StartFailure.action(missing));
    assertEquals(
        "program \"/bin/foo\" is not executable",
        StartFailure.message("web", failed(12, Errno.EACCES)));
  }
}
