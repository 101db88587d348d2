package dev.davit.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What containers wrote to stdout and stderr.
public interface Logs {
  /// Gives every line that `query` selects to `consumer`, oldest first.
  void read(String container, Query query, Consumer<LogLine> consumer);

  /// As [#read] for each of `containers`, then every new line as it comes, across restarts, until
  /// the container is removed, or has ended and is not to be restarted and everything is read.
  /// Lines of one container come in order; `consumer` is called by one thread at a time.
  Following follow(Collection<String> containers, Query query, Consumer<LogLine> consumer);

  /// A place in the log of one container, by what stands before it: whatever becomes of the engine
  /// and of the files of the log, it is found again.
  ///
  /// @param time of the line before it
  /// @param count how many lines of that time stand before it, the line itself included
  record Mark(Instant time, int count) {
    /// The place behind the next line.
    ///
    /// @param before where it begins; null for the first line
    public static Mark behind(@Nullable Mark before, LogLine line) {
      boolean same = before != null && before.time().equals(line.time());
      return new Mark(line.time(), same && before != null ? before.count() + 1 : 1);
    }
  }

  /// @param tail last lines only
  /// @param after only what stands behind that place; all that there is where it is gone
  record Query(
      Optional<Instant> since, Optional<Instant> until, OptionalInt tail, Optional<Mark> after) {
    public static final Query ALL =
        new Query(Optional.empty(), Optional.empty(), OptionalInt.empty());

    public Query(Optional<Instant> since, Optional<Instant> until, OptionalInt tail) {
      this(since, until, tail, Optional.empty());
    }

    /// The rest of what is wanted, from a place on.
    public Query behind(Mark mark) {
      return new Query(Optional.empty(), until, OptionalInt.empty(), Optional.of(mark));
    }

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
