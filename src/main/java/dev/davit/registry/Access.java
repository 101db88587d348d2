package dev.davit.registry;

import dev.davit.error.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends calls with the authorization that the registry wants, which it says when it is missing
/// (distribution's token and OAuth2 specifications). Tokens are kept while they hold.
final class Access {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST_TOKEN = 1 << 20;
  private static final long USUAL_LIFE = 60; // s, by the specification
  private static final long SPARE = 10; // s

  private final Wire wire;
  private final URI base;
  private final String domain;
  private final Clock clock;
  private final Supplier<Optional<Credential>> credential;
  private final Map<List<String>, Authorization> known = new HashMap<>();

  private record Authorization(String header, Instant until) {}

  /// @param refreshToken what a login is remembered by where the registry gives one
  record Token(String text, Instant until, Optional<String> refreshToken) {}

  /// @param base of the registry; its credentials go nowhere else but to where tokens are had
  Access(Wire wire, URI base, String domain, Credentials credentials, Clock clock) {
    this.wire = wire;
    this.base = base;
    this.domain = domain;
    this.clock = clock;
    this.credential = once(() -> credentials.of(domain));
  }

  // A helper program may have to be asked: once is enough.
  private static <T> Supplier<T> once(Supplier<T> source) {
    return new Supplier<>() {
      private final java.util.ArrayList<T> value = new java.util.ArrayList<>(1);

      @Override
      public synchronized T get() {
        if (value.isEmpty()) {
          value.add(source.get());
        }
        return value.getFirst();
      }
    };
  }

  boolean hasCredential() {
    return credential.get().isPresent();
  }

  Refusal refusal() {
    return new Refusal(domain, hasCredential());
  }

  /// @param scopes what is to be done, `repository:library/redis:pull`
  Answer send(Call call, List<String> scopes) {
    if (!isHome(call.uri())) {
      return wire.send(call, Optional.empty());
    }
    Optional<String> header = held(scopes);
    Answer answer = wire.send(call, header);
    if (answer.status() != 401 || !isHome(answer.uri())) {
      return answer;
    }
    Optional<String> fresh = authorize(answer, scopes, header);
    if (fresh.isEmpty()) {
      return answer;
    }
    answer.close();
    return wire.send(call, fresh);
  }

  // What another host, to which we are sent, wants to know of us is none of its business.
  private boolean isHome(URI uri) {
    return Origin.of(uri).equals(Origin.of(base));
  }

  private synchronized Optional<String> held(List<String> scopes) {
    return Optional.ofNullable(known.get(scopes))
        .filter(it -> it.until().isAfter(clock.instant()))
        .map(Authorization::header);
  }

  // One at a time: all layers of an image want the same token at once.
  private synchronized Optional<String> authorize(
      Answer answer, List<String> scopes, Optional<String> refused) {
    Optional<String> held = held(scopes);
    if (held.isPresent() && !held.equals(refused)) {
      return held;
    }
    List<Challenge> challenges = Challenge.parse(answer.all("WWW-Authenticate"));
    Optional<Authorization> got =
        Challenge.find(challenges, "bearer")
            .map(
                it -> {
                  Token token = token(it, scopes, credential.get(), false);
                  return new Authorization("Bearer " + token.text(), token.until());
                })
            .or(
                () ->
                    Challenge.find(challenges, "basic")
                        .flatMap(_ -> credential.get())
                        .map(it -> new Authorization(basic(it), Instant.MAX)));
    got.filter(it -> !Optional.of(it.header()).equals(refused))
        .ifPresentOrElse(it -> known.put(scopes, it), () -> known.remove(scopes));
    return got.map(Authorization::header).filter(it -> !Optional.of(it).equals(refused));
  }

  static String basic(Credential credential) {
    String secret =
        switch (credential) {
          case Credential.Password(_, var password) -> password;
          case Credential.IdentityToken(_, var token) -> token;
        };
    String pair = credential.user() + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /// Fetches a token; throws where none is given.
  ///
  /// @param remember asks for one that a login can be remembered by
  Token token(
      Challenge challenge, List<String> scopes, Optional<Credential> who, boolean remember) {
    URI realm = realm(challenge);
    if (who.isPresent() && !wire.boundary().mayHaveCredentials(realm)) {
      throw RegistryException.of(
          Kind.DENIED,
          "registry \"%s\" wants the password to be sent to \"%s\", which is no host of its domain"
              .formatted(domain, Origin.of(realm).host()),
          "if that is right, list that host under \"trust\" of this registry in registries.yaml");
    }
    try (Answer answer = ask(realm, challenge, scopes, who, remember)) {
      if (!answer.isGood()) {
        throw new Refusal(domain, who.isPresent())
            .of(answer, scopes.isEmpty() ? "this login" : what(scopes));
      }
      return read(answer.bytes(LARGEST_TOKEN));
    } catch (IOException e) {
      throw Unreachable.of(wire.boundary().origin(), realm, e);
    }
  }

  private static String what(List<String> scopes) {
    return scopes.stream()
        .map(scope -> scope.split(":", -1))
        .map(words -> words.length > 1 ? "\"" + words[1] + "\"" : "it")
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private URI realm(Challenge challenge) {
    URI realm =
        wire.resolve(
            base,
            challenge
                .parameter("realm")
                .orElseThrow(
                    () ->
                        RegistryException.of(
                            Kind.UNAVAILABLE,
                            "registry \"%s\" does not say where its tokens are had"
                                .formatted(domain),
                            null)));
    wire.boundary().check(base, realm);
    return realm;
  }

  private Answer ask(
      URI realm,
      Challenge challenge,
      List<String> scopes,
      Optional<Credential> who,
      boolean remember) {
    List<String> wanted =
        scopes.isEmpty() ? challenge.parameter("scope").stream().toList() : scopes;
    var fields = new LinkedHashMap<String, String>();
    challenge.parameter("service").ifPresent(it -> fields.put("service", it));
    if (who.isPresent() && who.get() instanceof Credential.IdentityToken(_, var token)) {
      fields.put("grant_type", "refresh_token");
      fields.put("client_id", "davit");
      fields.put("refresh_token", token);
      if (!wanted.isEmpty()) {
        fields.put("scope", String.join(" ", wanted));
      }
      return wire.send(
          Call.of("POST", realm)
              .with("Content-Type", "application/x-www-form-urlencoded")
              .with(Call.Body.of(form(fields).getBytes(StandardCharsets.US_ASCII))),
          Optional.empty());
    }
    who.ifPresent(it -> fields.put("account", it.user()));
    if (remember) {
      fields.put("client_id", "davit");
      fields.put("offline_token", "true");
    }
    String scope = wanted.stream().map(it -> "&scope=" + encoded(it)).collect(Collectors.joining());
    String query = (form(fields) + scope).replaceFirst("^&", "");
    String separator = realm.getRawQuery() == null ? "?" : "&";
    URI uri = query.isEmpty() ? realm : URI.create(realm + separator + query);
    return wire.send(Call.of("GET", uri), who.map(Access::basic));
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Token read(byte[] body) {
    try {
      JsonNode node = JSON.readTree(body);
      String text = node.path("token").asString("");
      if (text.isEmpty()) {
        text = node.path("access_token").asString("");
      }
      if (!text.matches("[\\x21-\\x7e]+")) {
        throw noToken();
      }
      long life = Math.clamp(node.path("expires_in").asLong(USUAL_LIFE), USUAL_LIFE, 86_400);
      String refresh = node.path("refresh_token").asString("");
      return new Token(
          text,
          clock.instant().plusSeconds(life - SPARE),
          Optional.of(refresh).filter(it -> !it.isEmpty()));
    } catch (JacksonException e) {
      throw noToken();
    }
  }

  private RegistryException noToken() {
    return RegistryException.of(
        Kind.UNAVAILABLE, "registry \"%s\" gives out what is no token".formatted(domain), null);
  }
}
