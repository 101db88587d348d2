package dev.davit.cli.stack;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The containers that `up` stays for, and those that join or replace them meanwhile.
final class Attended implements AutoCloseable {
  private final Machine machine;
  private final Predicate<Container> wanted;
  private final Consumer<Container> ended;
  private final Set<String> ids = new HashSet<>();
  private final CompletableFuture<Void> none = new CompletableFuture<>();
  private final AutoCloseable subscription;
  private boolean begun;

  /// @param wanted which containers it stays for
  /// @param ended is told of each that has ended for good
  Attended(Machine machine, Predicate<Container> wanted, Consumer<Container> ended) {
    this.machine = machine;
    this.wanted = wanted;
    this.ended = ended;
    subscription = machine.events().subscribe(this::event);
  }

  /// All have been started: from now on the end of the last one is the end.
  ///
  /// @param containers those that are there
  void begin(List<Container> containers) {
    for (Container container : containers) {
      machine.containers().find(container.id()).ifPresent(this::joinOrEnd);
    }
    synchronized (this) {
      begun = true;
      endIfNone();
    }
  }

  private void joinOrEnd(Container container) {
    if (isOver(container)) {
      leave(container);
    } else {
      join(container.id());
    }
  }

  /// Completes when all have ended for good.
  CompletableFuture<Void> none() {
    return none;
  }

  private void event(Event event) {
    if (event.type() != Event.Type.CONTAINER) {
      return;
    }
    switch (event.action()) {
      // What replaces another one is there before that one goes.
      case "create", "start" ->
          machine
              .containers()
              .find(event.id())
              .filter(wanted)
              .ifPresent(container -> join(container.id()));
      case "die" -> {
        if (!event.attributes().containsKey(Event.RESTARTING)) {
          machine.containers().find(event.id()).filter(wanted).ifPresent(this::leave);
        }
      }
      case "destroy" -> forget(event.id());
      default -> {}
    }
  }

  private static boolean isOver(Container container) {
    return container.state().status() == Status.EXITED || container.state().status() == Status.DEAD;
  }

  private synchronized void join(String id) {
    ids.add(id);
  }

  private void leave(Container container) {
    ended.accept(container);
    forget(container.id());
  }

  private synchronized void forget(String id) {
    ids.remove(id);
    endIfNone();
  }

  private void endIfNone() {
    if (begun && ids.isEmpty()) {
      none.complete(null);
    }
  }

  @Override
  public void close() {
    try {
      subscription.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
