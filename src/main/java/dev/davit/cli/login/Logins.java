package dev.davit.cli.login;

import dev.davit.cli.Session;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.registry.Credential;
import dev.davit.registry.Credentials;
import java.nio.file.Path;
import java.util.Optional;

/// The logins of the user who runs a session, as Docker keeps them.
public final class Logins implements Credentials {
  private final Session session;
  private final Optional<Path> file;

  private Logins(Session session, Optional<Path> file) {
    this.session = session;
    this.file = file;
  }

  public static Logins of(Session session) {
    Optional<Path> directory =
        session
            .env("DOCKER_CONFIG")
            .filter(text -> !text.isEmpty())
            .map(session.cwd()::resolve)
            .or(
                () ->
                    session
                        .env("HOME")
                        .filter(text -> !text.isEmpty())
                        .map(home -> session.cwd().resolve(home).resolve(".docker")));
    return new Logins(session, directory.map(it -> it.resolve("config.json")));
  }

  private Optional<ConfigFile> read() {
    return file.map(ConfigFile::read);
  }

  private ConfigFile require() {
    return read()
        .orElseThrow(
            () ->
                new DavitException(
                    Kind.INVALID,
                    "logins have no place without a home directory",
                    "set HOME or DOCKER_CONFIG"));
  }

  @Override
  public Optional<Credential> of(String domain) {
    String key = new Server(domain).key();
    return read()
        .flatMap(
            config ->
                config
                    .helper(key)
                    .map(name -> Helper.find(session, name).credential(key))
                    .orElseGet(() -> config.credential(key)));
  }

  /// Remembers a credential. The result is the file that has it readable, if one does.
  Optional<Path> put(Server server, Credential credential) {
    ConfigFile config = require();
    Optional<String> helper = config.helper(server.key());
    if (helper.isPresent()) {
      Helper.find(session, helper.get()).store(server.key(), credential);
      config.putEmpty(server.key());
    } else {
      config.put(server.key(), credential);
    }
    config.write();
    return helper.isPresent() ? Optional.empty() : Optional.of(config.path());
  }

  /// Whether there was a login to forget.
  boolean remove(Server server) {
    ConfigFile config = require();
    config.helper(server.key()).ifPresent(it -> Helper.find(session, it).erase(server.key()));
    boolean known = config.remove(server.key());
    if (known) {
      config.write();
    }
    return known;
  }
}
