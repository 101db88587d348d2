package dev.davit.client;

import org.jspecify.annotations.Nullable;

/// Why the client cannot reach an engine; the message is for the user. (Not a `DavitException`: the
/// client is a jar of its own.)
public final class ClientException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String action;

  ClientException(String message, @Nullable String action) {
    super(message);
    this.action = action;
  }

  /// `davit: message`, and what to do on a second line.
  String print() {
    String first = String.valueOf(getMessage());
    String text = first.startsWith("davit: ") ? first : "davit: " + first;
    return action == null ? text : text + "\n       " + action;
  }
}
