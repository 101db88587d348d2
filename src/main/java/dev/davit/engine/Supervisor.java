package dev.davit.engine;

import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Transitions.End;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Epoll;
import dev.davit.linux.Pidfd;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings containers up, sees their ends and brings those up again whose policy says so.
final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int UNKNOWN = 255;

  // A process that is no child of ours is reaped by another; that takes microseconds.
  private static final Duration REAPED = Duration.ofMillis(500);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Means means;
  private final Launch launch;
  private final Neighbours neighbours;
  private final VolumeUse volumes;
  private final HealthMonitor health;
  private final String bootId = Boot.id();
  private final Gate gate = new Gate();

  Supervisor(
      Means means, Launch launch, Neighbours neighbours, VolumeUse volumes, HealthMonitor health) {
    this.means = means;
    this.launch = launch;
    this.neighbours = neighbours;
    this.volumes = volumes;
    this.health = health;
  }

  /// Starts `life`, which does not run; the caller holds its `verbs`.
  ///
  /// @param restartCount restarts by its policy, this one included
  Container start(Life life, int restartCount) {
    if (!gate.enter()) {
      throw new Stopping();
    }
    try {
      return startInside(life, restartCount);
    } finally {
      gate.leave();
    }
  }

  private Container startInside(Life life, int restartCount) {
    Task task;
    try {
      task = launch.launch(life);
    } catch (RuntimeException e) {
      String why = String.valueOf(e.getMessage());
      life.update(
          saved -> saved.with(state -> Transitions.startFailed(state, Launch.exitCode(e), why)));
      throw e;
    }
    long startTime = Boot.startTime(task.pid()).orElse(0L);
    boolean probed = HealthMonitor.probed(life.config());
    life.killer("");
    life.begin(task);
    Container started =
        life.update(
            saved ->
                saved
                    .with(state -> Transitions.started(state, task.pid(), task.started(), probed))
                    .withStoppedByHand(false)
                    .withRestartCount(restartCount)
                    .ofProcess(bootId, startTime));
    means.events().publish(started, "start", repeated(restartCount));
    watch(life, task);
    return started;
  }

  private static Map<String, String> repeated(int restartCount) {
    return restartCount == 0
        ? Map.of()
        : Map.of(Event.RESTART_COUNT, Integer.toString(restartCount));
  }

  /// Takes over `task`, which an earlier engine has started.
  void adopt(Life life, Task task) {
    life.begin(task);
    volumes.goOn(life);
    neighbours.enterAgain(life);
    watch(life, task);
  }

  /// Reads what `task` writes, waits for its end and probes it.
  private void watch(Life life, Task task) {
    task.output().begin();
    var seen = new AtomicBoolean();
    var watch = new EventLoop.Watch[1];
    var _ =
        means
            .loop()
            .call(
                () ->
                    watch[0] =
                        means
                            .loop()
                            .watch(
                                task.pidfd(),
                                Epoll.IN,
                                events -> ready(life, task, watch[0], events, seen)));
    health.begin(life, task);
  }

  // On the loop's thread.
  private void ready(Life life, Task task, EventLoop.Watch watch, int events, AtomicBoolean seen) {
    if (!gate.enter()) {
      return; // Not reaped: the next engine sees how it has ended.
    }
    try {
      readyInside(life, task, watch, events, seen);
    } finally {
      gate.leave();
    }
  }

  private void readyInside(
      Life life, Task task, EventLoop.Watch watch, int events, AtomicBoolean seen) {
    Optional<Integer> code = code(life, task);
    if (code.isEmpty() && (events & Epoll.HUP) == 0 && !seen.getAndSet(true)) {
      // It has ended, but whoever has it as a child has not reaped it yet.
      watch.change(0);
      var _ = means.timers().after(REAPED, () -> endOnce(life, task, watch));
      return;
    }
    if (code.isPresent() || (events & Epoll.HUP) != 0) {
      finish(life, task, watch, code);
    }
  }

  private void endOnce(Life life, Task task, EventLoop.Watch watch) {
    var _ =
        means
            .loop()
            .call(
                () -> {
                  finish(life, task, watch, code(life, task));
                  return true;
                });
  }

  // Ours to reap, or reaped by another and remembered by the kernel, or not reaped yet.
  private static Optional<Integer> code(Life life, Task task) {
    return Pidfd.reap(task.pidfd())
        .or(() -> Pidfd.exitCode(task.pidfd()))
        .or(() -> Boot.exitCode(task.pid(), life.saved().startTime()));
  }

  // On the loop's thread; the first call counts.
  private void finish(Life life, Task task, EventLoop.Watch watch, Optional<Integer> code) {
    if (gate.enter()) {
      if (watch.end()) {
        Timers.now(() -> endedInside(life, task, code));
      } else {
        gate.leave();
      }
    }
  }

  private void endedInside(Life life, Task task, Optional<Integer> code) {
    try {
      ended(life, task, code);
    } finally {
      gate.leave();
    }
  }

  private void ended(Life life, Task task, Optional<Integer> code) {
    Instant now = Instant.now();
    // From here on nobody signals it: its number may soon be another's.
    life.dropTask();
    boolean oom = release(life, task);
    End end =
        new End(
            code.orElse(UNKNOWN),
            oom,
            code.isPresent()
                ? Transitions.reason(code.get(), oom, life.killer())
                : "exit code unknown: this kernel does not tell it (6.15 does)",
            now);
    boolean again = again(life, end);
    if (!again && !life.startFollows()) {
      leave(life);
      life.pauseAttached(true);
    }
    Container container =
        life.update(saved -> saved.with(state -> Transitions.ended(state, end, again)));
    tell(container, end, again || life.startFollows());
    if (again) {
      later(life, Duration.between(task.started(), now));
    }
  }

  // Ends what is left of it and gives everything back; returns whether memory ran out.
  private static boolean release(Life life, Task task) {
    boolean oom = false;
    try {
      oom = task.cgroup().oomKills() > 0;
      // With the host's PID namespace others may have outlived PID 1.
      task.cgroup().kill();
    } catch (RuntimeException e) {
      LOG.warn("the processes of container {} are not all killed", life.name(), e);
    }
    task.output().finish().join();
    life.pauseAttached(false);
    task.stdin().ifPresent(Input::close);
    life.log().close();
    task.pidfd().close();
    try {
      task.cgroup().remove();
    } catch (RuntimeException e) {
      LOG.warn("the cgroup of container {} is not removed", life.name(), e);
    }
    return oom;
  }

  private static boolean again(Life life, End end) {
    Saved saved = life.saved();
    return !life.startFollows()
        && Restarts.afterExit(
            life.config().restart(), end.exitCode(), saved.restartCount(), saved.stoppedByHand());
  }

  private void tell(Container container, End end, boolean restarting) {
    if (end.oomKilled()) {
      means.events().publish(container, "oom", Map.of());
    }
    String code = Integer.toString(end.exitCode());
    var more = new HashMap<String, String>();
    more.put("exitCode", code);
    if (restarting) {
      more.put(Event.RESTARTING, "true");
    }
    if (!end.error().isEmpty()) {
      more.put("reason", end.error());
    }
    means.events().publish(container, "die", more);
  }

  /// Starts `life`, which is restarting, after the pause that is due.
  ///
  /// @param ran how long it was up
  void later(Life life, Duration ran) {
    Duration pause = Restarts.pause(life.pause(), ran);
    life.restart(pause, means.timers().after(pause, () -> restart(life)));
  }

  private void restart(Life life) {
    try {
      resume(life);
    } catch (Stopping e) {
      LOG.debug("container {} is left to the next engine", life.name());
    } catch (RuntimeException e) {
      LOG.warn("container {} cannot be restarted: {}", life.name(), e.getMessage());
    }
  }

  /// Starts `life` now, if it still waits for its restart.
  void resume(Life life) {
    life.verbs.lock();
    try {
      if (life.state().status() == Status.RESTARTING) {
        start(life, life.saved().restartCount() + 1);
      }
    } catch (Stopping e) {
      throw e;
    } catch (RuntimeException e) {
      leave(life);
      throw e;
    } finally {
      life.verbs.unlock();
    }
  }

  /// Makes a container that waits for its restart an ended one; the caller holds its `verbs`.
  void settle(Life life) {
    life.cancelRestart();
    if (life.state().status() == Status.RESTARTING) {
      leave(life);
      life.pauseAttached(true);
      life.update(saved -> saved.with(state -> Transitions.to(state, Status.EXITED)));
    }
  }

  /// Gives back what a container keeps over restarts: its network and its run directory.
  void leave(Life life) {
    try {
      neighbours.leave(life);
      volumes.end(life);
      StateFiles.delete(means.directories().runContainer(life.id()));
    } catch (RuntimeException e) {
      LOG.warn("container {} has left something behind", life.name(), e);
    }
  }

  String bootId() {
    return bootId;
  }

  /// Finishes what has begun, starts nothing any more and takes no end for an end: the next engine
  /// will.
  void close() {
    if (!health.close(PATIENCE)) {
      LOG.warn("a probe takes longer than {} to die", PATIENCE);
    }
    if (!gate.close(PATIENCE)) {
      LOG.warn("a start or an end of a container takes longer than {}", PATIENCE);
    }
  }

  private static final class Stopping extends DavitException {
    private static final long serialVersionUID = 1L;

    Stopping() {
      super(Kind.UNAVAILABLE, "the engine is stopping", "try again: the next engine does it");
    }
  }
}
