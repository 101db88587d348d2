package dev.davit.cli.row;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.engine.Event;
import dev.davit.engine.Events;
import dev.davit.format.Neutral;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Events as they come, until a time or until the caller has enough.
///
/// @param since empty: from now on
/// @param until empty: without end
public record EventLines(
    Session session, Events events, Optional<Instant> since, Optional<Instant> until) {
  private static final String LAST = "last";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  /// Shows each event for which `line` has something to say; returns the exit code. After an engine
  /// that has ended the events of the next one are shown, from its start on.
  public int run(Function<Event, Optional<String>> line) {
    Consumer<Event> within =
        event -> {
          if (until.isEmpty() || !event.time().isAfter(until.get())) {
            line.apply(event)
                .ifPresent(it -> session.show(false, it + "\n", LAST, event.time().toString()));
          }
        };
    Instant now = Instant.now();
    if (until.isPresent() && !until.get().isAfter(now)) {
      Instant start = since.orElse(now);
      events.recent().stream().filter(event -> !event.time().isBefore(start)).forEach(within);
      return 0;
    }
    var ended = new CompletableFuture<Integer>();
    String last = session.resumed().get(LAST);
    session.show(false, "", LAST, last == null ? now.toString() : last);
    Optional<Instant> from = last == null ? since : Optional.of(Instant.parse(last).plusNanos(1));
    session.onSignal(signal -> ended.complete(signal.exitCode()));
    until.ifPresent(
        end ->
            ended.completeOnTimeout(0, Duration.between(now, end).toNanos(), TimeUnit.NANOSECONDS));
    LongConsumer lost =
        count -> session.warn(count + " events are not shown: they were not read in time");
    try (AutoCloseable _ = events.subscribe(from, within, lost)) {
      int code = ended.join();
      return code == Signal.HUP.exitCode() ? 0 : code;
    } catch (Exception e) {
      throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
  }

  /// `2024-11-25 16:00:14.000000 container start ID (image=…, name=…)`.
  ///
  /// @param shown which attributes
  public static String line(Event event, Predicate<String> shown) {
    String attributes =
        new TreeMap<>(event.attributes())
            .entrySet().stream()
                .filter(entry -> shown.test(entry.getKey()))
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    return Neutral.text(
        "%s %s %s %s (%s)"
            .formatted(
                TIME.format(event.time()),
                event.type().word(),
                event.action(),
                event.id(),
                attributes));
  }

  /// As `docker compose events --json` has it.
  public static Map<String, Object> ofService(Event event, String service) {
    var attributes = new TreeMap<>(event.attributes());
    attributes.keySet().removeIf(key -> key.startsWith("com.docker.compose."));
    return new TreeMap<>(
        Map.of(
            "time", DateTimeFormatter.ISO_INSTANT.format(event.time()),
            "type", event.type().word(),
            "service", service,
            "id", event.id(),
            "action", event.action(),
            "attributes", attributes));
  }
}
