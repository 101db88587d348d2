package dev.davit.runtime;

import dev.davit.error.DavitException;
import dev.davit.error.NotStartedException;
import dev.davit.program.Trace;
import java.util.List;

/// A container or process that could not be started; nothing of it runs.
public final class StartFailedException extends NotStartedException {
  private static final long serialVersionUID = 1L;

  private final transient Trace trace;

  StartFailedException(String id, Trace trace) {
    super(exitCode(trace), StartFailure.message(id, trace), StartFailure.action(trace));
    this.trace = trace;
  }

  /// The exception for a trace that did not end, with what it is about.
  ///
  /// @param mounts targets of the container's mounts
  static DavitException of(String id, Trace trace, List<String> mounts) {
    var failed = new StartFailedException(id, trace);
    return StartFailure.culprit(trace, mounts).<DavitException>map(failed::about).orElse(failed);
  }

  /// Every step of the program and what it came to.
  public Trace trace() {
    return trace;
  }

  private static int exitCode(Trace trace) {
    if (!StartFailure.ofExec(trace)) {
      return OTHER;
    }
    return switch (StartFailure.errno(trace)) {
      case ENOENT, ENOTDIR -> NOT_THERE;
      default -> NOT_EXECUTABLE;
    };
  }
}
