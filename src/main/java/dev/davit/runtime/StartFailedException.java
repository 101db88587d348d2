package dev.davit.runtime;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.linux.Syscall;
import dev.davit.program.Arg;
import dev.davit.program.Outcome;
import dev.davit.program.Step;
import dev.davit.program.Trace;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A container or process that could not be started; nothing of it runs.
public final class StartFailedException extends DavitException {
  private static final long serialVersionUID = 1L;
  private static final Set<Syscall> EXEC = Set.of(Syscall.EXECVE, Syscall.EXECVEAT);
  private static final String SYSCTLS = "proc/sys/";

  private final transient Trace trace;

  StartFailedException(String id, Trace trace) {
    super(Kind.INVALID, message(id, trace), actionFor(trace));
    this.trace = trace;
  }

  /// Every step of the program and what it came to.
  public Trace trace() {
    return trace;
  }

  /// What docker answers: 127 if the program is not there, 126 if it cannot be executed, else 128.
  public int exitCode() {
    if (trace.failedStep().isEmpty()) {
      return 128;
    }
    if (!EXEC.contains(failed(trace).call())) {
      return 128;
    }
    return errno(trace) == Errno.ENOENT ? 127 : 126;
  }

  private static Step failed(Trace trace) {
    return trace.program().steps().get(trace.failedStep().orElseThrow());
  }

  private static Errno errno(Trace trace) {
    var outcome = trace.outcomes().get(trace.failedStep().orElseThrow());
    return outcome instanceof Outcome.Failed(Errno errno) ? errno : Errno.EUNKNOWN;
  }

  // What the user wrote is named in the user's words; all else is the kernel's own line.
  private static String message(String id, Trace trace) {
    return asked(trace)
        .map(what -> what + ": " + errno(trace).meaning().toLowerCase(java.util.Locale.ROOT))
        .orElseGet(() -> id + ": " + trace.failure());
  }

  private static Optional<String> asked(Trace trace) {
    if (trace.failedStep().isEmpty()) {
      return Optional.empty();
    }
    int index = trace.failedStep().getAsInt();
    List<Step> steps = trace.program().steps();
    Step step = steps.get(index);
    if (step.call() == Syscall.EXECVE) {
      return path(step).map("program \"%s\" cannot be executed"::formatted);
    }
    if (index + 1 < steps.size() && steps.get(index + 1).why().equals(ProcessSteps.CWD)) {
      return path(step).map("working directory \"%s\" cannot be entered"::formatted);
    }
    Step opened = step.call() == Syscall.WRITE && index > 0 ? steps.get(index - 1) : step;
    return path(opened)
        .filter(path -> path.startsWith(SYSCTLS))
        .map(path -> path.substring(SYSCTLS.length()).replace('/', '.'))
        .map("sysctl \"%s\" cannot be set"::formatted);
  }

  private static Optional<String> path(Step step) {
    return step.args().stream()
        .filter(Arg.Str.class::isInstance)
        .map(arg -> ((Arg.Str) arg).value())
        .findFirst();
  }

  private static @Nullable String actionFor(Trace trace) {
    if (trace.failedStep().isEmpty()) {
      return null;
    }
    if (asked(trace).isPresent()) {
      return trace.failure();
    }
    return switch (errno(trace)) {
      case EPERM -> "davit may lack a capability here, or the kernel forbids this step";
      case ENOSPC -> "free some space, or raise the limit of namespaces (/proc/sys/user)";
      case ELOOP -> "a mount point in the image is a symbolic link, which davit does not follow";
      default -> null;
    };
  }
}
