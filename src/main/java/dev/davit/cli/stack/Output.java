package dev.davit.cli.stack;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Event;
import dev.davit.engine.Logs.Following;
import dev.davit.engine.Logs.Query;
import dev.davit.reconcile.Labels;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/// The output of some containers from some time on, across their restarts.
final class Output implements AutoCloseable {
  private final Machine machine;
  private final LogPrinter printer;
  private final Map<String, Container> shown = new ConcurrentHashMap<>();
  private final Predicate<Container> joins;
  private final Map<String, Shown> followings = new HashMap<>();
  private final Set<String> over = new HashSet<>();
  private final AutoCloseable subscription;
  private Instant since;

  /// @param told completes once the end of the output has been told as well
  private record Shown(Following following, CompletableFuture<Void> told) {}

  /// @param joins which containers are shown too when they are made meanwhile
  Output(
      Machine machine,
      LogPrinter printer,
      Instant since,
      List<Container> containers,
      Predicate<Container> joins) {
    this.machine = machine;
    this.printer = printer;
    this.since = since;
    this.joins = joins;
    containers.forEach(container -> shown.put(container.id(), container));
    printer.add(containers);
    subscription = machine.events().subscribe(this::event);
    for (Container container : containers) {
      if (container.state().status() != Status.EXITED) {
        follow(container.id());
      }
    }
  }

  private void event(Event event) {
    if (event.type() != Event.Type.CONTAINER) {
      return;
    }
    switch (event.action()) {
      case "create", "rename" -> join(event.id());
      case "destroy" -> shown.remove(event.id());
      default -> {}
    }
    if (shown.containsKey(event.id())) {
      switch (event.action()) {
        case "start" -> follow(event.id());
        case "die" -> {
          restarting(event);
          ended(event.id());
        }
        default -> {}
      }
    }
  }

  // One that replaces another has that one's name in the end.
  private void join(String id) {
    machine
        .containers()
        .find(id)
        .filter(joins)
        .ifPresent(
            container -> {
              shown.put(id, container);
              boolean temporary =
                  Labels.replaced(container)
                      .filter(old -> container.name().startsWith(old.substring(0, 12) + "_"))
                      .isPresent();
              if (!temporary) {
                printer.add(List.of(container));
                Labels.replaced(container)
                    .ifPresent(_ -> printer.status(container, "has been recreated"));
              }
            });
  }

  // What ends for good is told behind its last line.
  private void restarting(Event event) {
    Container container = shown.get(event.id());
    if (container != null
        && machine
            .containers()
            .find(event.id())
            .filter(now -> now.state().status() == Status.RESTARTING)
            .isPresent()) {
      printer.status(
          container,
          "exited with code " + event.attributes().getOrDefault("exitCode", "?") + " (restarting)");
    }
  }

  private synchronized void follow(String id) {
    Shown present = followings.get(id);
    if (present != null && !present.following().done().isDone()) {
      return;
    }
    over.remove(id);
    var query = new Query(Optional.of(since), Optional.empty(), OptionalInt.empty());
    Following following = machine.logs().follow(List.of(id), query, printer::print);
    CompletableFuture<Void> told =
        following
            .done()
            .thenRun(
                () -> {
                  synchronized (this) {
                    since = Instant.now();
                  }
                  ended(id);
                });
    followings.put(id, new Shown(following, told));
  }

  // Called for its last line and for its end, of which either may be seen first.
  private synchronized void ended(String id) {
    Container container = shown.get(id);
    Shown last = followings.get(id);
    if (container == null || last == null || !last.following().done().isDone()) {
      return;
    }
    machine
        .containers()
        .find(id)
        .map(Container::state)
        .filter(state -> !state.alive() && state.status() != Status.RESTARTING)
        .filter(_ -> over.add(id))
        .ifPresent(state -> printer.status(container, "exited with code " + state.exitCode()));
  }

  /// Waits for the last lines of what has ended.
  void drain() {
    List<Shown> open;
    synchronized (this) {
      open = List.copyOf(followings.values());
    }
    for (Shown shown : open) {
      boolean ended =
          shown.following().containers().stream()
              .allMatch(
                  id ->
                      machine
                          .containers()
                          .find(id)
                          .map(container -> !container.state().alive())
                          .orElse(true));
      if (ended) {
        await(shown.told());
        shown.following().containers().forEach(this::ended);
      }
    }
  }

  // For as long as lines come: who has said much has more to be shown than a moment takes.
  private void await(CompletableFuture<Void> told) {
    long before;
    do {
      before = printer.printed();
      try {
        told.get(2, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        return;
      } catch (TimeoutException e) {
        // The end is more important than a line that does not come.
      }
    } while (!told.isDone() && printer.printed() > before);
  }

  @Override
  public void close() {
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    synchronized (this) {
      followings.values().forEach(shown -> shown.following().close());
    }
  }
}
