package dev.davit.cli.stack;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Event;
import dev.davit.engine.Logs.Following;
import dev.davit.engine.Logs.LogLine;
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
  private final Optional<Instant> until;
  private final Map<String, Following> followings = new HashMap<>();
  private final Map<String, Instant> printed = new HashMap<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final AutoCloseable subscription;

  /// @param printed the time of the last line of each container that has been shown already
  LogsFollowing(
      Machine machine,
      LogPrinter printer,
      Predicate<Container> wanted,
      Optional<Instant> until,
      Map<String, Instant> printed) {
    this.machine = machine;
    this.printer = printer;
    this.wanted = wanted;
    this.until = until;
    this.printed.putAll(printed);
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
    Optional<Instant> since =
        Optional.ofNullable(printed.get(container.id())).map(last -> last.plusNanos(1));
    Following following =
        machine
            .logs()
            .follow(
                List.of(container.id()),
                new Query(since, until, OptionalInt.empty()),
                line -> print(container.id(), line));
    followings.put(container.id(), following);
    var _ = following.done().whenComplete((_, _) -> checkOver());
  }

  private void print(String id, LogLine line) {
    printer.print(line);
    synchronized (this) {
      printed.put(id, line.time());
    }
  }

  private synchronized void checkOver() {
    boolean open = followings.values().stream().anyMatch(it -> !it.done().isDone());
    if (!open && machine.containers().list().stream().filter(wanted).noneMatch(this::goesOn)) {
      done.complete(null);
    }
  }

  private boolean goesOn(Container container) {
    boolean past = until.filter(end -> end.isBefore(Instant.now())).isPresent();
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
