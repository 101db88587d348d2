package dev.davit.cli;

import java.io.InputStream;
import java.io.OutputStream;

/// What the shell's commands read from and write to.
record Console(
    InputStream in, OutputStream out, OutputStream err, Invocation.Ttys ttys, Screen screen) {
  /// The session's own.
  static Console of(Session session) {
    return new Console(
        session.in(), session.out(), session.err(), session.ttys(), session.screen());
  }
}
