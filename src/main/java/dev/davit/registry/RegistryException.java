package dev.davit.registry;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import org.jspecify.annotations.Nullable;

/// A registry that says no, or says nothing. Carries the status of its answer, 0 without one.
public final class RegistryException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RegistryException(
      Kind kind, int status, String message, @Nullable String action, @Nullable Throwable cause) {
    super(kind, message, action, cause);
    this.status = status;
  }

  static RegistryException of(Kind kind, String message, @Nullable String action) {
    return new RegistryException(kind, 0, message, action, null);
  }

  public int status() {
    return status;
  }
}
