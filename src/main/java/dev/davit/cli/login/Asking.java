package dev.davit.cli.login;

import dev.davit.cli.Session;
import dev.davit.cli.Session.TerminalMode;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.registry.Credential;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Asks a person for a user name and a password, which is not shown.
final class Asking {
  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;
  private static final int BACKSPACE = 8;
  private static final int CTRL_U = 21;
  private static final int DELETE = 127;

  private Asking() {}

  static Credential credential(
      Session session, String domain, @Nullable String user, @Nullable String password)
      throws IOException {
    boolean asks = user == null || password == null;
    if (asks && !session.ttys().stdin()) {
      throw new DavitException(
          Kind.INVALID,
          "nobody can be asked for a password: stdin is no terminal",
          "davit login --username NAME --password-stdin %s < FILE".formatted(domain));
    }
    String name = user == null ? session.readInput("Username: ").strip() : user;
    LoginCommands.refuse(name.isEmpty(), "a login needs a user name");
    String secret = password == null ? hidden(session, "Password: ") : password;
    LoginCommands.refuse(secret.isEmpty(), "a login needs a password");
    return new Credential.Password(name, secret);
  }

  private static String hidden(Session session, String prompt) throws IOException {
    session.print(prompt);
    try (TerminalMode _ = session.raw()) {
      return line(session);
    } finally {
      session.print("\r\n");
    }
  }

  private static String line(Session session) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      int read = session.in().read();
      switch (read) {
        case '\r', '\n' -> {
          return bytes.toString(StandardCharsets.UTF_8);
        }
        case CTRL_C -> throw new DavitException(Kind.INVALID, "interrupted");
        case -1, CTRL_D -> throw new EOFException("end of stdin");
        case BACKSPACE, DELETE -> {
          String text = bytes.toString(StandardCharsets.UTF_8);
          bytes.reset();
          int end = text.isEmpty() ? 0 : text.offsetByCodePoints(text.length(), -1);
          bytes.writeBytes(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
        }
        case CTRL_U -> bytes.reset();
        default -> bytes.write(read);
      }
    }
  }
}
