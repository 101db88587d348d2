package dev.davit.cli.row;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.engine.Container;
import dev.davit.engine.Statistics;
import dev.davit.engine.Statistics.Sample;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.springframework.shell.core.command.annotation.Option;

/// What containers use, again each second.
public final class StatsTable {
  private static final long PAUSE_MILLIS = 1000;
  private static final long FIRST_MILLIS = 300;

  private final Session session;
  private final Statistics statistics;
  private final Options options;
  private final String format;
  private Map<String, Sample> before = new HashMap<>();

  /// What is shown of it.
  public record Options(
      @Option(shortName = 'a', description = "Show all containers, not only running ones")
          boolean all,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(
              longName = "no-stream",
              description = "Disable streaming stats and only print the first result")
          boolean once,
      @Option(longName = "no-trunc", description = "Do not truncate output") boolean whole) {}

  public StatsTable(Session session, Statistics statistics, Options options, String format) {
    this.session = session;
    this.statistics = statistics;
    this.options = options;
    this.format = format;
  }

  /// Shows what `containers` gives each time until the caller has enough; returns the exit code.
  public int run(Supplier<List<Container>> containers) {
    var ended = new CompletableFuture<Integer>();
    session.onSignal(signal -> ended.complete(signal.exitCode()));
    // CPU time is a difference: the first samples are only to be counted from.
    print(shown(containers), false);
    long pause = FIRST_MILLIS;
    while (!isOver(ended, pause)) {
      print(shown(containers), true);
      if (options.once()) {
        return 0;
      }
      pause = PAUSE_MILLIS;
    }
    int code = ended.join();
    return code == Signal.HUP.exitCode() ? 0 : code;
  }

  private List<Container> shown(Supplier<List<Container>> containers) {
    return containers.get().stream()
        .filter(container -> options.all() || container.state().alive())
        .sorted(Comparator.comparing(Container::name))
        .toList();
  }

  private static boolean isOver(CompletableFuture<Integer> ended, long millis) {
    try {
      ended.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "waiting was interrupted", null, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void print(List<Container> containers, boolean visible) {
    var now = new HashMap<String, Sample>();
    containers.forEach(it -> sample(it).ifPresent(sample -> now.put(it.id(), sample)));
    if (visible) {
      List<StatsRow> rows =
          containers.stream()
              .filter(it -> now.containsKey(it.id()))
              .map(
                  it -> {
                    Sample last = now.getOrDefault(it.id(), Sample.NONE);
                    Sample first = before.getOrDefault(it.id(), last);
                    return StatsRow.of(it, first, last, options.whole());
                  })
              .toList();
      write(StatsRow.LAYOUT.print(format, rows));
    }
    before = now;
  }

  // Empty for one that has been removed meanwhile.
  private Optional<Sample> sample(Container container) {
    try {
      return Optional.of(statistics.sample(container.id()));
    } catch (DavitException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // On a terminal the new table is written over the old one, line by line, so that nothing
  // flickers.
  private void write(String text) {
    boolean over =
        session.ttys().stdout()
            && !options.once()
            && (format.isEmpty() || format.startsWith("table"));
    session.print(over ? "\033[H" + text.replace("\n", "\033[K\n") + "\033[J" : text);
  }
}
