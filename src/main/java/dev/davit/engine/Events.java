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
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens, told to those who subscribe, in order; the last [#KEPT] events are kept.
public final class Events {
  static final int KEPT = 1024;

  /// As many may wait for a subscriber that is slow; what comes then is lost to it, and counted.
  static final int WAITING = 8192;

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
      subscriptions.forEach(subscription -> subscription.offer(event));
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
    return subscribe(
        Optional.empty(),
        consumer,
        count -> LOG.warn("{} events are lost to a subscriber that is too slow", count));
  }

  /// As [#subscribe(Consumer)], but first those kept that are not older than `since`.
  ///
  /// @param lost is told, in its place among the events, how many `consumer` was too slow for
  public AutoCloseable subscribe(
      Optional<Instant> since, Consumer<Event> consumer, LongConsumer lost) {
    var subscription = new Subscription(consumer, lost);
    lock.lock();
    try {
      since.ifPresent(
          start ->
              kept.stream()
                  .filter(event -> !event.time().isBefore(start))
                  .forEach(subscription::offer));
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
    private final LongConsumer lost;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>(WAITING);
    private final AtomicBoolean closed = new AtomicBoolean();
    private Thread thread = Thread.currentThread();
    // By the holder of the lock.
    private long missing;

    Subscription(Consumer<Event> consumer, LongConsumer lost) {
      this.consumer = consumer;
      this.lost = lost;
    }

    /// By the holder of the lock: a reader that stands still costs no more than its queue.
    void offer(Event event) {
      if (missing > 0 && queue.remainingCapacity() > 1) {
        long count = missing;
        missing = 0;
        queue.add(() -> lost.accept(count));
      }
      if (missing > 0 || !queue.offer(() -> consumer.accept(event))) {
        missing++;
      }
    }

    void run() {
      try {
        while (!closed.get()) {
          queue.take().run();
        }
      } catch (InterruptedException e) {
        close();
      } catch (RuntimeException | Error e) {
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
