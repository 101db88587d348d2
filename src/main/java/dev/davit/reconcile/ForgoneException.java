package dev.davit.reconcile;

import dev.davit.error.DavitException;

/// What could not be done and need not be: the plan goes on as if it were.
final class ForgoneException extends DavitException {
  private static final long serialVersionUID = 1L;

  ForgoneException(DavitException cause) {
    super(cause.kind(), String.valueOf(cause.getMessage()), cause.action().orElse(null), cause);
  }
}
