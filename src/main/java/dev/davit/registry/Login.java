package dev.davit.registry;

import dev.davit.error.Kind;
import java.util.List;
import java.util.Optional;

/// Proves a credential to a registry.
final class Login {
  private final Host host;
  private final Credential credential;

  Login(Host host, Credential credential) {
    this.host = host;
    this.credential = credential;
  }

  /// What to remember; throws where the registry does not accept it.
  Credential verify() {
    Call ping = Call.of("GET", host.uri("/v2/"));
    try (Answer answer = host.wire().send(ping, Optional.empty())) {
      if (answer.isGood()) {
        return credential;
      }
      List<Challenge> challenges = Challenge.parse(answer.all("WWW-Authenticate"));
      if (answer.status() != 401 || challenges.isEmpty()) {
        throw host.access().refusal().of(answer, "this login");
      }
      Optional<Challenge> bearer = Challenge.find(challenges, "bearer");
      return bearer.isPresent() ? withToken(bearer.get()) : withPassword(ping);
    }
  }

  private Credential withToken(Challenge challenge) {
    try {
      Access.Token token = host.access().token(challenge, List.of(), Optional.of(credential), true);
      return token
          .refreshToken()
          .<Credential>map(it -> new Credential.IdentityToken(credential.user(), it))
          .orElse(credential);
    } catch (RegistryException e) {
      throw e.status() == 401 || e.status() == 403 ? rejected(e) : e;
    }
  }

  private Credential withPassword(Call ping) {
    try (Answer answer = host.wire().send(ping, Optional.of(Access.basic(credential)))) {
      if (answer.status() == 401 || answer.status() == 403) {
        throw rejected(null);
      }
      if (!answer.isGood()) {
        throw host.access().refusal().of(answer, "this login");
      }
      return credential;
    }
  }

  private RegistryException rejected(@org.jspecify.annotations.Nullable RegistryException cause) {
    return new RegistryException(
        Kind.DENIED,
        401,
        "registry \"%s\" does not accept this password of \"%s\""
            .formatted(host.domain(), credential.user()),
        "many registries want an access token in place of the password",
        cause);
  }
}
