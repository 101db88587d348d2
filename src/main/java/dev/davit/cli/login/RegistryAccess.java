package dev.davit.cli.login;

import dev.davit.cli.Session;
import dev.davit.registry.Notes;
import dev.davit.registry.Registries;
import dev.davit.registry.site.SitesFile;
import java.nio.file.Path;

/// The registries as a session reaches them: with its user's logins and its machine's
/// configuration.
public final class RegistryAccess {
  private static final Path CONFIGURATION = Path.of("/etc/davit/registries.yaml");

  private RegistryAccess() {}

  public static Registries open(Session session) {
    return open(session, session::note);
  }

  /// @param notes hears what is to be known besides
  public static Registries open(Session session, Notes notes) {
    var sites =
        session
            .env("DAVIT_REGISTRIES")
            .filter(text -> !text.isEmpty())
            .map(text -> SitesFile.require(session.cwd().resolve(text)))
            .orElseGet(() -> SitesFile.readIfThere(CONFIGURATION));
    return Registries.open(sites, Logins.of(session), notes);
  }
}
