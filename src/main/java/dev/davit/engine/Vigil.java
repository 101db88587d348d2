package dev.davit.engine;

import dev.davit.linux.Epoll;
import dev.davit.linux.Pidfd;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for the end of a container's process and tells it, once: as its pidfd says, or as somebody
/// says who has found no process left.
final class Vigil {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

  // A process that is no child of ours is reaped by another; that takes microseconds.
  private static final Duration REAPED = Duration.ofMillis(500);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final Means means;
  private final Gate gate;
  private final Life life;
  private final Task task;
  private final Consumer<Optional<Integer>> end;
  private final AtomicBoolean told = new AtomicBoolean();

  // On the loop's thread.
  private boolean waited;
  private EventLoop.@Nullable Watch watch;

  /// @param gate lets the telling in; once it is closed the end is left to the next engine
  /// @param end gets the exit code, if it is known, on a thread of its own
  Vigil(Means means, Gate gate, Life life, Task task, Consumer<Optional<Integer>> end) {
    this.means = means;
    this.gate = gate;
    this.life = life;
    this.task = task;
    this.end = end;
  }

  void begin() {
    var _ = means.loop().call(this::watched).whenComplete((_, error) -> retry(error));
  }

  private boolean watched() {
    if (!told.get()) {
      watch = means.loop().watch(task.pidfd(), Epoll.IN, this::ready);
    }
    return true;
  }

  // For want of memory, or by the machine's limit of watches.
  private void retry(@Nullable Throwable error) {
    if (error != null && !told.get()) {
      LOG.warn("the end of container {} is not waited for: tried again", life.name(), error);
      var _ = means.timers().after(AGAIN, this::begin);
    }
  }

  private void ready(int events) {
    if (!gate.enter()) {
      return; // Not reaped: the next engine sees how it has ended.
    }
    try {
      look(events);
    } finally {
      gate.leave();
    }
  }

  private void look(int events) {
    Optional<Integer> code = code();
    if (code.isPresent() || (events & Epoll.HUP) != 0) {
      tell(code);
    } else if (!waited && watch != null) {
      // It has ended, but whoever has it as a child has not reaped it yet.
      waited = true;
      watch.change(0);
      var _ = means.timers().after(REAPED, this::conclude);
    }
  }

  /// The process has ended, whether the kernel has told us or not.
  void conclude() {
    var _ =
        means
            .loop()
            .call(
                () -> {
                  if (gate.enter()) {
                    try {
                      tell(code());
                    } finally {
                      gate.leave();
                    }
                  }
                  return true;
                });
  }

  // Ours to reap, or reaped by another and remembered by the kernel, or not reaped yet.
  private Optional<Integer> code() {
    return Pidfd.reap(task.pidfd()).or(() -> Pidfd.exitCode(task.pidfd())).or(this::zombie);
  }

  private Optional<Integer> zombie() {
    try {
      return Boot.exitCode(task.pid(), life.saved().startTime());
    } catch (UncheckedIOException e) {
      LOG.warn("how container {} has ended cannot be read", life.name(), e);
      return Optional.empty();
    }
  }

  // On the loop's thread, within the gate; the first call counts.
  private void tell(Optional<Integer> code) {
    if (told.getAndSet(true) || !gate.enter()) {
      return;
    }
    if (watch != null) {
      watch.end();
    }
    Timers.surely(
        () -> {
          try {
            end.accept(code);
          } finally {
            gate.leave();
          }
        });
  }
}
