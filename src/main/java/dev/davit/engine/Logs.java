package dev.davit.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What containers wrote to stdout and stderr.
public interface Logs {
  /// Gives every line that `query` selects to `consumer`, oldest first.
  void read(String container, Query query, Consumer<LogLine> consumer);

  /// As [#read] for each of `containers`, then every new line as it comes, across restarts, until
  /// the container is removed, or has ended and is not to be restarted and everything is read.
  /// Lines of one container come in order; `consumer` is called by one thread at a time.
  Following follow(Collection<String> containers, Query query, Consumer<LogLine> consumer);

  /// @param tail last lines only
  record Query(Optional<Instant> since, Optional<Instant> until, OptionalInt tail) {
    public static final Query ALL =
        new Query(Optional.empty(), Optional.empty(), OptionalInt.empty());

    public static Query ofTail(int lines) {
      return new Query(Optional.empty(), Optional.empty(), OptionalInt.of(lines));
    }
  }

  /// @param container id
  /// @param text without the newline
  /// @param partial no newline follows: the next line of this stream goes on
  /// @param attributes what the container's log options let each line say about it
  record LogLine(
      String container,
      Stream stream,
      Instant time,
      String text,
      boolean partial,
      Map<String, String> attributes) {}

  enum Stream {
    STDOUT,
    STDERR;

    /// As the Docker Engine API writes it.
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// A running [#follow]; closing it ends it.
  interface Following extends AutoCloseable {
    /// Completes when nothing more will come, exceptionally with what the consumer threw.
    CompletableFuture<Void> done();

    /// The containers that are followed.
    List<String> containers();

    @Override
    void close();
  }
}
