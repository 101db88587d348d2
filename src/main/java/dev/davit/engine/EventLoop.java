package dev.davit.engine;

import dev.davit.error.Kind;
import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Memory;
import dev.davit.linux.Syscall;
import dev.davit.linux.SyscallException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that waits for every process and every stream of every container. Handlers run on it
/// and never block. It outlives Errors: without it no end of a container would be seen any more.
final class EventLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  private static final long WAKE = 0;
  private static final int EFD = 0x80000 | 0x800; // EFD_CLOEXEC|EFD_NONBLOCK
  // Until there may be memory or a thread again; who is ready stays ready.
  private static final long PAUSE_NANOS = 100_000_000;

  private final Epoll epoll = new Epoll();
  private final Fd wake = new Fd((int) Kernel.call(Syscall.EVENTFD2, 0, EFD), "eventfd");
  private final AtomicLong tokens = new AtomicLong(WAKE);
  private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  EventLoop() {
    epoll.add(wake, Epoll.IN, WAKE);
    thread = Thread.ofPlatform().daemon().name("davit-events").start(this::run);
  }

  /// What is called when a descriptor is ready, with epoll's event bits.
  interface Handler {
    void ready(int events);
  }

  /// A descriptor that is watched.
  final class Watch {
    private final long token;
    private final Fd fd;
    private final Handler handler;

    private Watch(long token, Fd fd, Handler handler) {
      this.token = token;
      this.fd = fd;
      this.handler = handler;
    }

    /// Waits for other events; none: not at all until it is changed again (but for hang-ups).
    void change(int events) {
      if (watches.containsKey(token)) {
        epoll.change(fd, events, token);
      }
    }

    /// Ends it; the descriptor may be closed afterwards. Returns false the second time.
    boolean end() {
      boolean first = watches.remove(token) != null;
      if (first && !closed) {
        epoll.remove(fd);
      }
      return first;
    }
  }

  /// Calls `handler` whenever `fd` is ready for `events`, or hung up.
  Watch watch(Fd fd, int events, Handler handler) {
    var watch = new Watch(tokens.incrementAndGet(), fd, handler);
    watches.put(watch.token, watch);
    try {
      epoll.add(fd, events, watch.token);
    } catch (RuntimeException e) {
      watches.remove(watch.token);
      throw e;
    }
    return watch;
  }

  /// Runs `task` on the loop's thread.
  <T> CompletableFuture<T> call(Supplier<T> task) {
    var result = new CompletableFuture<T>();
    tasks.add(
        () -> {
          try {
            result.complete(task.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    wakeUp();
    if (closed) {
      result.cancel(false);
    }
    return result;
  }

  private void wakeUp() {
    try (var memory = new Memory()) {
      long one = memory.allocate(8);
      Memory.putLong(one, 1);
      Kernel.tryCall(Syscall.WRITE, wake.number(), one, 8);
    }
  }

  private void run() {
    while (!closed) {
      try {
        turn();
      } catch (RuntimeException | Error e) {
        pause(e);
      }
    }
  }

  private void turn() {
    for (Epoll.Ready ready : epoll.await()) {
      if (ready.token() == WAKE) {
        runTasks();
      } else {
        handle(ready);
      }
    }
  }

  private static void pause(Throwable cause) {
    LOG.error("the event loop goes on after a pause", cause);
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  private void runTasks() {
    Kernel.read(wake, 8);
    for (Runnable task = tasks.poll(); task != null && !closed; task = tasks.poll()) {
      task.run();
    }
  }

  private void handle(Epoll.Ready ready) {
    Watch watch = watches.get(ready.token());
    if (watch == null) {
      return;
    }
    try {
      watch.handler.ready(ready.events());
    } catch (SyscallException e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        pause(e);
      } else {
        drop(watch, e);
      }
    } catch (RuntimeException e) {
      drop(watch, e);
    }
  }

  // Level-triggered: what fails once would fail for ever.
  private static void drop(Watch watch, RuntimeException cause) {
    LOG.error("{} is no longer watched", watch.fd, cause);
    watch.end();
  }

  /// Stops watching; the descriptors that were watched stay open.
  @Override
  public void close() {
    closed = true;
    wakeUp();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    epoll.close();
    wake.close();
  }
}
