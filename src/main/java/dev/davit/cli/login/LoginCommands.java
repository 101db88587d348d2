package dev.davit.cli.login;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.registry.Credential;
import dev.davit.registry.Registries;
import dev.davit.registry.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// `davit login` and `davit logout`.
public final class LoginCommands {
  private static final int LONGEST_PASSWORD = 1 << 16;

  @Command(name = "login", description = "Log in to a registry")
  @Usage("[SERVER]")
  int login(
      Session session,
      @Option(shortName = 'u', description = "User name") @Nullable String username,
      @Option(shortName = 'p', description = "Password or token; others on this machine may see it")
          @Nullable String password,
      @Option(longName = "password-stdin", description = "Take the password from stdin")
          boolean passwordStdin,
      @Argument(index = 0) @Nullable String server)
      throws IOException {
    refuse(password != null && passwordStdin, "--password and --password-stdin exclude each other");
    refuse(passwordStdin && username == null, "--password-stdin needs --username");
    var asked = Server.parse(server == null ? "" : server);
    Logins logins = Logins.of(session);
    try (Registries registries = RegistryAccess.open(session)) {
      if (username == null && password == null && again(session, registries, logins, asked)) {
        return 0;
      }
      if (password != null) {
        session.warn("--password is seen by others on this machine; use --password-stdin");
      }
      var credential =
          passwordStdin
              ? new Credential.Password(String.valueOf(username), stdin(session))
              : Asking.credential(session, asked.domain(), username, password);
      Credential proven = registries.login(asked.domain(), credential);
      logins.put(asked, proven).ifPresent(file -> warn(session, file));
    }
    session.println("Login Succeeded");
    return 0;
  }

  /// Tries the login that is remembered.
  private static boolean again(
      Session session, Registries registries, Logins logins, Server server) {
    Optional<Credential> known = logins.of(server.domain());
    if (known.isEmpty() || known.get() instanceof Credential.IdentityToken) {
      return false;
    }
    session.note(
        "Authenticating with existing credentials... [Username: %s]".formatted(known.get().user()));
    try {
      registries.login(server.domain(), known.get());
    } catch (RegistryException e) {
      if (e.kind() != Kind.DENIED) {
        throw e;
      }
      session.note("Login did not succeed: " + e.getMessage());
      return false;
    }
    session.println("Login Succeeded");
    return true;
  }

  private static void warn(Session session, Path file) {
    session.warn(
        "the password is in \"%s\", where whoever may read that file can read it;".formatted(file)
            + " a credential helper (credsStore) keeps it elsewhere");
  }

  private static String stdin(Session session) throws IOException {
    byte[] bytes = session.in().readNBytes(LONGEST_PASSWORD);
    String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
    refuse(text.isEmpty(), "stdin has no password");
    return text;
  }

  @Command(name = "logout", description = "Forget the login to a registry")
  @Usage("[SERVER]")
  int logout(Session session, @Argument(index = 0) @Nullable String server) {
    var asked = Server.parse(server == null ? "" : server);
    boolean known = Logins.of(session).remove(asked);
    session.println(
        (known ? "Removing login credentials for " : "Not logged in to ") + asked.key());
    return 0;
  }

  static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new DavitException(Kind.INVALID, message);
    }
  }
}
