package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Transitions.End;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings containers up, sees their ends and brings those up again whose policy says so.
final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final int UNKNOWN = 255;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Means means;
  private final Launch launch;
  private final Neighbours neighbours;
  private final VolumeUse volumes;
  private final HealthMonitor health;
  private final String bootId = Boot.id();
  private final Gate gate = new Gate();
  private final Map<String, Vigil> vigils = new ConcurrentHashMap<>();

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
      if (restartCount == 0 || !isForNow(e)) {
        String why = String.valueOf(e.getMessage());
        life.update(
            saved -> saved.with(state -> Transitions.startFailed(state, Launch.exitCode(e), why)));
      }
      throw e;
    }
    long startTime = startTime(task);
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

  // The machine is out of processes, memory, descriptors or space, or is just being cleaned up.
  private static boolean isForNow(RuntimeException error) {
    return error instanceof DavitException known && known.kind() == Kind.UNAVAILABLE;
  }

  // Without it the next engine takes the process for another one, and ends it.
  private static long startTime(Task task) {
    try {
      return Boot.startTime(task.pid()).orElse(0L);
    } catch (UncheckedIOException e) {
      LOG.warn("the start time of process {} is not known", task.pid(), e);
      return 0;
    }
  }

  private static Map<String, String> repeated(int restartCount) {
    return restartCount == 0
        ? Map.of()
        : Map.of(Event.RESTART_COUNT, Integer.toString(restartCount));
  }

  /// `life` runs since an earlier engine: it has its volumes and its network.
  void found(Life life) {
    volumes.goOn(life);
    neighbours.enterAgain(life);
  }

  /// Takes over `task`, which an earlier engine has started.
  void adopt(Life life, Task task) {
    life.begin(task);
    watch(life, task);
  }

  /// Reads what `task` writes, waits for its end and probes it.
  private void watch(Life life, Task task) {
    task.output().begin();
    var vigil = new Vigil(means, gate, life, task, code -> ended(life, task, code));
    vigils.put(life.id(), vigil);
    vigil.begin();
    health.begin(life, task);
  }

  /// Takes `life`, which was killed, for ended if no process is left in its cgroup, whatever has
  /// kept the engine from seeing it. Returns false if some are left.
  boolean conclude(Life life) {
    Cgroup cgroup = means.cgroups().open(Means.cgroupPath(life));
    if (cgroup.populated()) {
      return false;
    }
    Vigil vigil = vigils.get(life.id());
    if (vigil != null) {
      vigil.conclude();
    } else {
      attempt(life, "remove the cgroup", cgroup::remove);
      leave(life);
      unseen(life);
    }
    return true;
  }

  /// Records the end of `life`, which nobody has seen: no engine was there, or it could not be
  /// taken over. Returns whether its policy wants it to run again.
  boolean unseen(Life life) {
    boolean sameBoot = life.saved().bootId().equals(bootId);
    String error =
        sameBoot
            ? "exit code unknown: it ended while no engine was running"
            : "exit code unknown: the machine was restarted";
    var end = new End(UNKNOWN, false, error, Instant.now());
    Saved saved = life.saved();
    boolean again =
        Restarts.atOpen(
            life.config().restart(), UNKNOWN, saved.restartCount(), saved.stoppedByHand());
    life.update(
        now -> now.state().alive() ? now.with(it -> Transitions.ended(it, end, again)) : now);
    return again;
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
    vigils.remove(life.id());
    Container container =
        life.update(saved -> saved.with(state -> Transitions.ended(state, end, again)));
    tell(container, end, again || life.startFollows());
    if (again) {
      later(life, Duration.between(task.started(), now));
    }
  }

  // Ends what is left of it and gives everything back; returns whether memory ran out. Each step is
  // done whatever became of the one before.
  private static boolean release(Life life, Task task) {
    var oom = new AtomicBoolean();
    attempt(life, "look for want of memory", () -> oom.set(task.cgroup().oomKills() > 0));
    // With the host's PID namespace others may have outlived PID 1.
    attempt(life, "kill the rest", () -> task.cgroup().kill());
    attempt(life, "read the last output", () -> task.output().finish().join());
    attempt(life, "pause its callers", () -> life.pauseAttached(false));
    task.stdin().ifPresent(Input::close);
    attempt(life, "close the log", () -> life.log().close());
    task.pidfd().close();
    attempt(life, "remove the cgroup", () -> task.cgroup().remove());
    return oom.get();
  }

  private static void attempt(Life life, String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("the end of container {}: cannot {}", life.name(), what, e);
    }
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
      if (life.state().status() == Status.RESTARTING) {
        later(life, Duration.ZERO); // its policy still wants it
      } else {
        leave(life);
      }
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
    attempt(life, "take down the network", () -> neighbours.leave(life));
    attempt(life, "give back volumes", () -> volumes.end(life));
    attempt(
        life,
        "remove the run directory",
        () -> StateFiles.delete(means.directories().runContainer(life.id())));
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
