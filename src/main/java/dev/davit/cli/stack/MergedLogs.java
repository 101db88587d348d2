package dev.davit.cli.stack;

import dev.davit.engine.Logs;
import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Query;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/// What several containers have written, in one order by time. Their logs are read side by side, a
/// few lines ahead of what is needed, so that their length does not matter.
final class MergedLogs {
  private static final int AHEAD = 256;

  private final Logs logs;
  private final Function<String, Query> queries;
  private final List<Thread> readers = new ArrayList<>();

  private MergedLogs(Logs logs, Function<String, Query> queries) {
    this.logs = logs;
    this.queries = queries;
  }

  /// Gives every line that is selected in each of the containers to `consumer`, oldest first.
  ///
  /// @param queries what of a container, by its id
  static void read(
      Logs logs,
      Collection<String> containers,
      Function<String, Query> queries,
      Consumer<LogLine> consumer) {
    new MergedLogs(logs, queries).run(containers, consumer);
  }

  /// The next line of one log.
  private record Head(LogLine line, BlockingQueue<Optional<LogLine>> rest) {}

  private void run(Collection<String> containers, Consumer<LogLine> consumer) {
    var heads = new PriorityQueue<Head>(Comparator.comparing(head -> head.line().time()));
    try {
      for (String container : containers) {
        add(heads, reader(container));
      }
      while (!heads.isEmpty()) {
        Head first = heads.remove();
        consumer.accept(first.line());
        add(heads, first.rest());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "reading logs was interrupted", null, e);
    } finally {
      readers.forEach(Thread::interrupt);
    }
  }

  private static void add(PriorityQueue<Head> heads, BlockingQueue<Optional<LogLine>> lines)
      throws InterruptedException {
    lines.take().ifPresent(line -> heads.add(new Head(line, lines)));
  }

  private BlockingQueue<Optional<LogLine>> reader(String container) {
    var lines = new ArrayBlockingQueue<Optional<LogLine>>(AHEAD);
    readers.add(
        Thread.ofVirtual()
            .name("logs")
            .start(
                () -> {
                  try {
                    logs.read(
                        container, queries.apply(container), line -> put(lines, Optional.of(line)));
                  } catch (DavitException gone) {
                    // Removed meanwhile: its log has ended.
                  }
                  put(lines, Optional.empty());
                }));
    return lines;
  }

  private static void put(BlockingQueue<Optional<LogLine>> lines, Optional<LogLine> line) {
    try {
      lines.put(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "nobody reads on", null, e);
    }
  }
}
