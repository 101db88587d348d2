package dev.davit.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The only family of exceptions that callers catch. The message is a noun phrase in lower case
/// without a full stop, values in double quotes; the action says what to do next.
public class DavitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final @Nullable String action;
  private transient @Nullable Culprit culprit;

  public DavitException(
      Kind kind, String message, @Nullable String action, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.action = action;
  }

  public DavitException(Kind kind, String message, @Nullable String action) {
    this(kind, message, action, null);
  }

  public DavitException(Kind kind, String message) {
    this(kind, message, null, null);
  }

  public Kind kind() {
    return kind;
  }

  /// What to do next, in one sentence, where Davit knows.
  public Optional<String> action() {
    return Optional.ofNullable(action);
  }

  /// This exception, with what of a configuration it is about; who says it first knows best.
  public final DavitException about(Culprit what) {
    if (culprit == null) {
      culprit = what;
    }
    return this;
  }

  /// What of a configuration it is about, where that is known.
  public final Optional<Culprit> culprit() {
    return Optional.ofNullable(culprit);
  }
}
