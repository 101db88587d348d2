package dev.davit.cli.stack;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Event;
import dev.davit.engine.Logs.Following;
import dev.davit.engine.Logs.Query;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// What containers write from now on, those that come later included, until none of them runs.
final class LogsFollowing implements AutoCloseable {
  private final Machine machine;
  private final LogPrinter printer;
  private final Predicate<Container> wanted;
  private final Places places;
  private final Map<String, Following> followings = new HashMap<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AutoCloseable subscription;

  /// From where to where.
  ///
  /// @param marks behind what of each container has been shown already
  /// @param begun of containers without a mark that are older nothing before is shown: a tail has
  ///   left it out
  record Places(LogMarks marks, Instant begun, Optional<Instant> until) {
    Query of(Container container) {
      Optional<Instant> since =
          container.created().isBefore(begun) ? Optional.of(begun) : Optional.empty();
      var rest = new Query(since, until, OptionalInt.empty());
      return marks.behind(container.id()).map(rest::behind).orElse(rest);
    }
  }

  LogsFollowing(Machine machine, LogPrinter printer, Predicate<Container> wanted, Places places) {
    this.machine = machine;
    this.printer = printer;
    this.wanted = wanted;
    this.places = places;
    subscription = machine.events().subscribe(this::event);
    List<Container> present = machine.containers().list().stream().filter(wanted).toList();
    present.forEach(this::follow);
    checkOver();
  }

  private void event(Event event) {
    if (event.type() == Event.Type.CONTAINER && event.action().equals("start")) {
      machine.containers().find(event.id()).filter(wanted).ifPresent(this::follow);
    }
  }

  private synchronized void follow(Container container) {
    Following present = followings.get(container.id());
    if (present != null && !present.done().isDone()) {
      return;
    }
    printer.add(List.of(container));
    Following following =
        machine.logs().follow(List.of(container.id()), places.of(container), printer::print);
    followings.put(container.id(), following);
    var _ = following.done().whenComplete((_, _) -> checkOver());
  }

  private synchronized void checkOver() {
    boolean open = followings.values().stream().anyMatch(it -> !it.done().isDone());
    if (!open && machine.containers().list().stream().filter(wanted).noneMatch(this::goesOn)) {
      done.complete(null);
    }
  }

  private boolean goesOn(Container container) {
    boolean past = places.until().filter(end -> end.isBefore(Instant.now())).isPresent();
    return !past && (container.state().alive() || container.state().status() == Status.RESTARTING);
  }

  /// Completes when nothing more will come.
  CompletableFuture<Void> done() {
    return done;
  }

  @Override
  public void close() {
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    synchronized (this) {
      followings.values().forEach(Following::close);
    }
  }
}
