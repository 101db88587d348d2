package dev.davit.cli.stack;

import dev.davit.cli.row.Sizes;
import dev.davit.engine.Exhaustion;
import dev.davit.engine.Statistics;
import dev.davit.engine.Statistics.Holding;
import dev.davit.engine.Stock;
import dev.davit.engine.Stock.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sentences about what a machine has no more of, and which container has it.
final class Shortages {
  private static final Set<Kind> OF_PROCESSES =
      EnumSet.of(Kind.PROCESSES, Kind.CONTAINER_PROCESSES);

  private final Statistics statistics;

  Shortages(Statistics statistics) {
    this.statistics = statistics;
  }

  /// A line for each thing that has run out and may be why something failed with `failure`.
  List<String> after(Throwable failure) {
    return of(Exhaustion.of(failure));
  }

  /// A line for each of `kinds` that has run out.
  List<String> of(Set<Kind> kinds) {
    if (kinds.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    for (Stock stock : statistics.machine()) {
      if (kinds.contains(stock.kind()) && stock.isShort()) {
        lines.add(line(stock, statistics.most(stock.kind())));
      }
    }
    if (kinds.stream().anyMatch(OF_PROCESSES::contains)) {
      statistics.full().forEach(it -> lines.add(full(it)));
    }
    return lines;
  }

  static String line(Stock stock, Optional<Holding> most) {
    String free =
        "%s: %s of %s left"
            .formatted(stock.kind().words(), amount(stock, stock.free()), all(stock));
    return most.map(
            it ->
                "%s; container \"%s\" has %s"
                    .formatted(free, it.container(), amount(stock, it.amount())))
        .orElse(free);
  }

  private static String full(Holding full) {
    return "container \"%s\" has all its %d processes; give it more with pids_limit"
        .formatted(full.container(), full.amount());
  }

  static String all(Stock stock) {
    return stock.all() == Long.MAX_VALUE ? "no limit" : amount(stock, stock.all());
  }

  static String amount(Stock stock, long amount) {
    return stock.kind().isBytes() ? Sizes.binary(amount) : Long.toString(amount);
  }
}
