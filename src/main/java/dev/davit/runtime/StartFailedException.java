package dev.davit.runtime;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Errno;
import dev.davit.program.Trace;
import java.util.List;

/// A container or process that could not be started; nothing of it runs.
public final class StartFailedException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final transient Trace trace;

  StartFailedException(String id, Trace trace) {
    super(Kind.INVALID, StartFailure.message(id, trace), StartFailure.action(trace));
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

  /// What docker answers: 127 if the program is not there, 126 if it cannot be executed, else 128.
  public int exitCode() {
    if (!StartFailure.ofExec(trace)) {
      return 128;
    }
    return StartFailure.errno(trace) == Errno.ENOENT ? 127 : 126;
  }
}
