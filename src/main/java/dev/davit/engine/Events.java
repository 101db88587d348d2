package dev.davit.engine;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens, told to those who subscribe, in order; the last [#KEPT] events are kept.
public final class Events {
  static final int KEPT = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Event> kept = new ArrayDeque<>();
  private final List<Subscription> subscriptions = new ArrayList<>();

  Events() {}

  /// Tells `event` to every subscriber; never blocks.
  public void publish(Event event) {
    lock.lock();
    try {
      kept.addLast(event);
      if (kept.size() > KEPT) {
        kept.removeFirst();
      }
      subscriptions.forEach(subscription -> subscription.queue.add(event));
    } finally {
      lock.unlock();
    }
  }

  void publish(Container container, String action, Map<String, String> more) {
    var attributes = new java.util.HashMap<>(container.config().labels());
    attributes.put("name", container.name());
    attributes.put("image", container.config().image());
    attributes.putAll(more);
    publish(
        new Event(
            Event.Type.CONTAINER,
            action,
            container.id(),
            container.name(),
            attributes,
            Instant.now()));
  }

  /// Gives each event from now on to `consumer`, on a thread of the subscription, until it is
  /// closed.
  public AutoCloseable subscribe(Consumer<Event> consumer) {
    return subscribe(Optional.empty(), consumer);
  }

  /// As [#subscribe(Consumer)], but first those kept that are not older than `since`.
  public AutoCloseable subscribe(Optional<Instant> since, Consumer<Event> consumer) {
    var subscription = new Subscription(consumer);
    lock.lock();
    try {
      since.ifPresent(
          start ->
              kept.stream()
                  .filter(event -> !event.time().isBefore(start))
                  .forEach(subscription.queue::add));
      subscriptions.add(subscription);
    } finally {
      lock.unlock();
    }
    subscription.thread = Thread.ofVirtual().name("events").start(subscription::run);
    return subscription;
  }

  /// The events kept, oldest first.
  public List<Event> recent() {
    lock.lock();
    try {
      return List.copyOf(kept);
    } finally {
      lock.unlock();
    }
  }

  private final class Subscription implements AutoCloseable {
    private final Consumer<Event> consumer;
    private final BlockingQueue<Event> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private Thread thread = Thread.currentThread();

    Subscription(Consumer<Event> consumer) {
      this.consumer = consumer;
    }

    void run() {
      try {
        while (!closed.get()) {
          consumer.accept(queue.take());
        }
      } catch (InterruptedException e) {
        close();
      } catch (RuntimeException e) {
        LOG.warn("a subscriber of events failed and is dropped", e);
        close();
      }
    }

    @Override
    public void close() {
      closed.set(true);
      lock.lock();
      try {
        subscriptions.remove(this);
      } finally {
        lock.unlock();
      }
      if (!Thread.currentThread().equals(thread)) {
        thread.interrupt();
      }
    }
  }
}
