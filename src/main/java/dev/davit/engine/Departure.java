package dev.davit.engine;

import dev.davit.engine.ContainerState.Status;
import dev.davit.error.DavitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes the containers that were asked to go once they have ended for good, also those that have
/// ended while no engine was there.
final class Departure implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  private final Containers containers;
  private final AutoCloseable subscription;

  Departure(Containers containers, Events events) {
    this.containers = containers;
    subscription = events.subscribe(this::happened);
    containers.list().forEach(this::look);
  }

  private void happened(Event event) {
    if (event.type() == Event.Type.CONTAINER
        && event.action().equals("die")
        && !event.attributes().containsKey(Event.RESTARTING)) {
      containers.find(event.id()).ifPresent(this::look);
    }
  }

  private void look(Container container) {
    if (container.config().stop().removed() && over(container.state().status())) {
      Timers.now(() -> remove(container));
    }
  }

  private static boolean over(Status status) {
    return status == Status.EXITED || status == Status.DEAD;
  }

  private void remove(Container container) {
    try {
      containers.remove(container.id(), false, true);
    } catch (DavitException e) {
      // Somebody else has removed it, or started it again.
      LOG.debug("container {} is not removed: {}", container.name(), e.getMessage());
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
