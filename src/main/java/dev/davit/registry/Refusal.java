package dev.davit.registry;

import dev.davit.error.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer that says no, in words for people.
final class Refusal {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST = 64 << 10;
  private static final int LONGEST = 500;

  private final String domain;
  private final boolean loggedIn;

  /// @param loggedIn whether credentials were there
  Refusal(String domain, boolean loggedIn) {
    this.domain = domain;
    this.loggedIn = loggedIn;
  }

  /// @param what `image "redis:7"`
  RegistryException of(Answer answer, String what) {
    String said = said(answer);
    int status = answer.status();
    return switch (status) {
      case 401 -> denied(status, what, said);
      case 403 -> denied(status, what, said);
      case 404 ->
          new RegistryException(
              Kind.NOT_FOUND,
              status,
              "%s does not exist in registry \"%s\"".formatted(what, domain),
              loggedIn ? null : "check the spelling; if it is private: davit login " + domain,
              null);
      case 429 -> tooMany(answer, said);
      default ->
          new RegistryException(
              status >= 500 ? Kind.UNAVAILABLE : Kind.INVALID,
              status,
              "registry \"%s\" answers %d for %s%s".formatted(domain, status, what, behind(said)),
              status >= 500 ? "try again later" : null,
              null);
    };
  }

  private RegistryException denied(int status, String what, String said) {
    return new RegistryException(
        Kind.DENIED,
        status,
        "registry \"%s\" gives no access to %s%s".formatted(domain, what, behind(said)),
        loggedIn
            ? "it may not exist, or this login may not have it: davit login " + domain
            : "it may not exist; if it is private: davit login " + domain,
        null);
  }

  private RegistryException tooMany(Answer answer, String said) {
    String limit = limits(answer).map(it -> " (" + it + ")").orElse("");
    Optional<Duration> wait =
        answer.header("Retry-After").flatMap(it -> Backoff.retryAfter(it, java.time.Instant.now()));
    String when = wait.map(it -> "try again in " + time(it)).orElse("try again later");
    return new RegistryException(
        Kind.UNAVAILABLE,
        429,
        "registry \"%s\" has had too many requests%s%s".formatted(domain, limit, behind(said)),
        loggedIn ? when : when + "; with davit login " + domain + " the limit is often higher",
        null);
  }

  /// What the headers say of a limit of pulls: `76 of 100 pulls left, counted over 6 h`.
  static Optional<String> limits(Answer answer) {
    Optional<String> remaining = answer.header("RateLimit-Remaining");
    Optional<String> limit = answer.header("RateLimit-Limit");
    if (remaining.isEmpty() || limit.isEmpty()) {
      return Optional.empty();
    }
    String left = remaining.get().replaceFirst(";.*", "");
    String all = limit.get().replaceFirst(";.*", "");
    if (!left.matches("\\d{1,9}") || !all.matches("\\d{1,9}")) {
      return Optional.empty();
    }
    String window = limit.get().replaceFirst("^[^;]*(?:;w=(\\d{1,8}))?.*$", "$1");
    return Optional.of(
        "%s of %s pulls left%s"
            .formatted(
                left,
                all,
                window.isEmpty()
                    ? ""
                    : ", counted over " + time(Duration.ofSeconds(Long.parseLong(window)))));
  }

  static String time(Duration length) {
    long seconds = length.toSeconds();
    if (seconds >= 7200) {
      return length.toHours() + " h";
    }
    return seconds >= 120 ? length.toMinutes() + " min" : seconds + " s";
  }

  private static String behind(String said) {
    return said.isEmpty() ? "" : ": " + said;
  }

  /// The messages of the body, which the distribution spec gives a form.
  private static String said(Answer answer) {
    try {
      byte[] body = answer.body().readNBytes(LARGEST);
      return cut(messages(body));
    } catch (IOException e) {
      return "";
    }
  }

  private static String messages(byte[] body) {
    var messages = new ArrayList<String>();
    try {
      JsonNode node = JSON.readTree(body);
      node.path("errors").forEach(error -> add(messages, error));
      if (messages.isEmpty()) {
        add(messages, node);
      }
    } catch (JacksonException e) {
      String text = new String(body, StandardCharsets.UTF_8).strip();
      return text.startsWith("<") ? "" : text;
    }
    return String.join("; ", messages);
  }

  private static void add(List<String> messages, JsonNode error) {
    for (String key : List.of("message", "details", "code")) {
      @Nullable String text = error.path(key).asString("");
      if (text != null && !text.isEmpty()) {
        messages.add(text);
        return;
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
