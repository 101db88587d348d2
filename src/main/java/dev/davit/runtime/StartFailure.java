package dev.davit.runtime;

import dev.davit.error.Culprit;
import dev.davit.error.Culprit.Part;
import dev.davit.linux.Errno;
import dev.davit.linux.Syscall;
import dev.davit.program.Arg;
import dev.davit.program.Outcome;
import dev.davit.program.Step;
import dev.davit.program.Trace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the failed step of a start says to people; pure.
final class StartFailure {
  private static final String SYSCTL = "sys/";
  private static final String APPARMOR = "exec ";

  private StartFailure() {}

  /// What the user wrote is named in the user's words; all else is the kernel's own line.
  static String message(String id, Trace trace) {
    return asked(trace).orElseGet(() -> id + ": " + trace.failure());
  }

  private static Optional<String> asked(Trace trace) {
    Optional<Culprit> culprit = culprit(trace, List.of());
    return culprit.flatMap(
        what ->
            switch (what.part()) {
              case COMMAND -> program(trace);
              case WORKING_DIRECTORY ->
                  Optional.of(
                      "working directory \"%s\" cannot be entered: %s"
                          .formatted(what.value(), meaning(trace)));
              case SYSCTL ->
                  Optional.of("sysctl \"" + what.value() + "\" cannot be set: " + meaning(trace));
              case CONFINEMENT -> Optional.of(confinement(what.value(), trace));
              default -> Optional.empty();
            });
  }

  private static Optional<String> program(Trace trace) {
    String what =
        switch (errno(trace)) {
          case ENOENT, ENOTDIR -> "is not in the container, or its interpreter is not";
          case EACCES -> "is not executable";
          default -> "cannot be executed: " + meaning(trace);
        };
    return program(failed(trace)).map(path -> "program \"" + path + "\" " + what);
  }

  // Behind the name of what the child becomes first.
  private static Optional<String> program(Step exec) {
    return exec.args().stream()
        .filter(Arg.Strs.class::isInstance)
        .flatMap(arg -> ((Arg.Strs) arg).values().stream().skip(1))
        .findFirst();
  }

  private static String confinement(String attribute, Trace trace) {
    if (!attribute.startsWith(APPARMOR)) {
      return "SELinux context \"%s\" cannot be given: %s".formatted(attribute, meaning(trace));
    }
    String profile = attribute.substring(APPARMOR.length());
    return errno(trace) == Errno.ENOENT
        ? "AppArmor profile \"%s\" is not loaded".formatted(profile)
        : "AppArmor profile \"%s\" cannot be given: %s".formatted(profile, meaning(trace));
  }

  private static String meaning(Trace trace) {
    return errno(trace).meaning().toLowerCase(Locale.ROOT);
  }

  static @Nullable String action(Trace trace) {
    if (trace.failedStep().isEmpty()) {
      return null;
    }
    Optional<Culprit> culprit = culprit(trace, List.of());
    if (errno(trace) == Errno.ENOENT
        && culprit.filter(it -> it.part() == Part.CONFINEMENT).isPresent()) {
      return "load it with apparmor_parser -r FILE; aa-status lists those that are loaded";
    }
    if (asked(trace).isPresent()) {
      return trace.failure();
    }
    return switch (errno(trace)) {
      case EPERM -> "davit may lack a capability here, or the kernel forbids this step";
      case ENOSPC -> "free some space, or raise the limit of namespaces (/proc/sys/user)";
      case EXDEV ->
          "a mount's target leads by a link of the image to /dev, /proc or /sys, which are the"
              + " kernel's";
      case ELOOP -> "a mount point in the image is a symbolic link, which davit does not follow";
      default -> null;
    };
  }

  /// What of the specification the failed step was made for.
  ///
  /// @param mounts targets of the container's mounts
  static Optional<Culprit> culprit(Trace trace, List<String> mounts) {
    if (trace.failedStep().isEmpty()) {
      return Optional.empty();
    }
    if (ofExec(trace)) {
      return Optional.of(Culprit.of(Part.COMMAND));
    }
    List<Step> steps = trace.program().steps();
    int index = trace.failedStep().getAsInt();
    if (steps.get(index).call() == Syscall.PRLIMIT64) {
      return ulimit(steps.get(index));
    }
    // A step goes on with what an earlier one opened; going back to the root begins anew.
    for (int i = index; i >= 0 && !beginsAnew(steps.get(i)); i--) {
      switch (steps.get(i).call()) {
        case OPENAT, OPENAT2 -> {
          boolean its = i == index || steps.get(index).args().getFirst() instanceof Arg.Result;
          return opened(steps, i, its, mounts);
        }
        default -> {}
      }
    }
    return Optional.empty();
  }

  /// @param its whether the failed step is the one that opens, or uses what was opened
  private static Optional<Culprit> opened(
      List<Step> steps, int index, boolean its, List<String> mounts) {
    Step step = steps.get(index);
    if (step.call() == Syscall.OPENAT2 && !opensForWriting(step)) {
      return place(steps, index, mounts);
    }
    Optional<String> file = text(step).filter(_ -> its);
    return step.call() == Syscall.OPENAT
        ? file.filter(it -> it.startsWith(ExecAttribute.DIRECTORY))
            .flatMap(_ -> text(steps.get(index + 1)))
            .map(value -> new Culprit(Part.CONFINEMENT, value))
        : file.map(it -> it.substring(SYSCTL.length()).replace('/', '.'))
            .map(name -> new Culprit(Part.SYSCTL, name));
  }

  private static Optional<Culprit> place(List<Step> steps, int index, List<String> mounts) {
    boolean last =
        steps.stream().skip(index + 1L).noneMatch(step -> step.call() == Syscall.OPENAT2);
    Optional<String> place = text(steps.get(index));
    if (last) {
      return place.map(path -> new Culprit(Part.WORKING_DIRECTORY, path));
    }
    return place.filter(mounts::contains).map(target -> new Culprit(Part.MOUNT, target));
  }

  private static boolean opensForWriting(Step openat2) {
    return openat2.args().stream()
        .anyMatch(arg -> arg instanceof Arg.Struct(_, String text) && text.contains("O_WRONLY"));
  }

  private static boolean beginsAnew(Step step) {
    return switch (step.call()) {
      case FCHDIR -> step.args().getFirst() instanceof Arg.Handle;
      case UMASK, PIVOT_ROOT -> true;
      default -> false;
    };
  }

  private static Optional<Culprit> ulimit(Step step) {
    return step.args().stream()
        .filter(Arg.Flags.class::isInstance)
        .map(arg -> ((Arg.Flags) arg).names().replaceFirst("^RLIMIT_", ""))
        .map(name -> new Culprit(Part.ULIMIT, name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private static Optional<String> text(Step step) {
    return step.args().stream()
        .filter(Arg.Str.class::isInstance)
        .map(arg -> ((Arg.Str) arg).value())
        .findFirst();
  }

  /// Whether everything went well up to becoming the program itself.
  static boolean ofExec(Trace trace) {
    if (trace.failedStep().isEmpty()) {
      return false;
    }
    Syscall call = failed(trace).call();
    return call == Syscall.EXECVE || call == Syscall.EXECVEAT;
  }

  private static Step failed(Trace trace) {
    return trace.program().steps().get(trace.failedStep().orElseThrow());
  }

  private static Outcome outcome(Trace trace) {
    return trace.outcomes().get(trace.failedStep().orElseThrow());
  }

  static Errno errno(Trace trace) {
    return outcome(trace) instanceof Outcome.Failed(Errno errno) ? errno : Errno.EUNKNOWN;
  }
}
