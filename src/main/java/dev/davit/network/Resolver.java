package dev.davit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// DNS of all containers: one thread waits on the sockets in their namespaces and on those to the
/// servers outside. It waits for connections to published ports too, see [Relays].
final class Resolver implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Resolver.class.getName());

  /// What waits on a channel. Runs on the resolver's thread, must not block, and closes what it
  /// fails with itself unless it throws.
  interface Ready {
    void ready(SelectionKey key) throws IOException;
  }

  /// Something to be done at a time, unless it is cancelled before.
  static final class Deadline {
    private final long nanos;
    private final Runnable action;
    private boolean cancelled;

    private Deadline(long nanos, Runnable action) {
      this.nanos = nanos;
      this.action = action;
    }

    void cancel() {
      cancelled = true;
    }
  }

  private final Selector selector;
  private final Map<String, DnsService> services = new ConcurrentHashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>((one, other) -> Long.signum(one.nanos - other.nanos));
  private volatile Names names = Names.NONE;
  private volatile boolean closed;

  Resolver() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofPlatform().daemon().name("dns").start(this::loop);
  }

  Names names() {
    return names;
  }

  void names(Names now) {
    names = now;
  }

  /// Answers on `sockets`, which it closes in the end, for the container `id`.
  void serve(String id, Namespace.DnsSockets sockets, Asker asker) {
    var service = new DnsService(this, sockets, asker);
    services.put(id, service);
    submit(service::start);
  }

  /// Changes what is known of the container, if it is served.
  void change(String id, Asker asker) {
    DnsService service = services.get(id);
    if (service != null) {
      service.asker(asker);
    }
  }

  boolean serves(String id) {
    return services.containsKey(id);
  }

  /// Closes the sockets of the container, if it is served.
  void stop(String id) {
    DnsService service = services.remove(id);
    if (service != null) {
      submit(service::close);
    }
  }

  private void submit(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  /// Watches `channel`, unless it is closed by then.
  void watch(SelectableChannel channel, int operations, Ready ready) {
    submit(
        () -> {
          try {
            register(channel, operations, ready);
          } catch (IOException e) {
            close(channel);
          }
        });
  }

  /// Returns when the kernel has no watched channel any more that was closed before.
  void forgetClosed() {
    var forgotten = new CompletableFuture<Void>();
    submit(
        () -> {
          try {
            selector.selectNow(this::dispatch);
            forgotten.complete(null);
          } catch (IOException | RuntimeException e) {
            forgotten.completeExceptionally(e);
          }
        });
    forgotten.join();
  }

  /// On the resolver's thread only.
  void register(SelectableChannel channel, int operations, Ready ready) throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, operations, ready);
  }

  /// On the resolver's thread only.
  Deadline in(int millis, Runnable action) {
    var deadline = new Deadline(System.nanoTime() + millis * 1_000_000L, action);
    deadlines.add(deadline);
    return deadline;
  }

  private void loop() {
    while (!closed) {
      try {
        selector.select(this::dispatch, patience());
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        expire();
      } catch (IOException | RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "dns", e);
      }
    }
    services.values().forEach(DnsService::close);
    selector.keys().forEach(key -> close(key.channel()));
    close(selector);
  }

  private void dispatch(SelectionKey key) {
    try {
      ((Ready) key.attachment()).ready(key);
    } catch (CancelledKeyException e) {
      // Another one of this round closed it.
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "dns", e);
      close(key.channel());
    }
  }

  /// Milliseconds to the next deadline; 0 is for ever.
  private long patience() {
    Deadline next = deadlines.peek();
    return next == null ? 0 : Math.max(1, (next.nanos - System.nanoTime()) / 1_000_000 + 1);
  }

  private void expire() {
    Deadline next = deadlines.peek();
    while (next != null && (next.cancelled || next.nanos - System.nanoTime() <= 0)) {
      deadlines.remove();
      if (!next.cancelled) {
        next.action.run();
      }
      next = deadlines.peek();
    }
  }

  static void close(@Nullable AutoCloseable channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (Exception e) {
      LOG.log(System.Logger.Level.DEBUG, "dns", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
