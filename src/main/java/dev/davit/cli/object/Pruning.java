package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.row.Sizes;
import dev.davit.cli.row.Times;
import dev.davit.cli.stack.Machine;
import dev.davit.content.Freed;
import dev.davit.content.StoredImage;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// `image prune`: what no container uses goes.
final class Pruning {
  private static final Set<String> FILTERS = Set.of("label", "until");

  private final Machine machine;
  private final Filters filters;
  private final List<Instant> limits;

  Pruning(Machine machine, List<String> filter, Instant now) {
    this.machine = machine;
    this.filters = Filters.parse(filter, FILTERS);
    this.limits =
        filters.values().getOrDefault("until", List.of()).stream()
            .map(it -> Times.point("--filter until", it, now).orElse(now))
            .toList();
  }

  /// @param all those with names too
  void run(Session session, boolean all) {
    boolean dry = session.globals().dryRun();
    List<StoredImage> unused =
        machine.store().images().list().stream()
            .filter(image -> all || image.tags().isEmpty())
            .filter(image -> filters.labels(image.spec().config().labels()))
            .filter(image -> limits.stream().allMatch(image.spec().created()::isBefore))
            .filter(image -> new Removing(machine).users(image).isEmpty())
            .toList();
    for (StoredImage image : unused) {
      image.names().forEach(name -> session.println("untagged: " + name.tagged()));
      session.println("deleted: " + image.id());
      if (!dry) {
        machine.store().images().remove(image);
      }
    }
    if (!dry) {
      long bytes = machine.store().collect(0).map(Freed::bytes).orElse(0L);
      session.println("Total reclaimed space: " + Sizes.decimal(bytes));
    }
  }
}
