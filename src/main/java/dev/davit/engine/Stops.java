package dev.davit.engine;

import dev.davit.cgroup.Cgroup;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Transitions.Verb;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends containers. That needs nothing of them but their cgroups, and ends with what the kernel
/// says of those: a container without processes has ended, whatever the engine has seen of it.
final class Stops {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration DYING = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration GIVING_BACK = Duration.ofMinutes(5);

  private final Means means;
  private final Supervisor supervisor;

  Stops(Means means, Supervisor supervisor) {
    this.means = means;
    this.supervisor = supervisor;
  }

  /// See [Containers#stop]; the caller holds the `verbs` of `life`.
  Container stop(Life life, Optional<Duration> grace) {
    if (life.state().status() == Status.RESTARTING) {
      byHand(life);
      supervisor.settle(life);
    }
    // Before the state is looked at: it may end by itself at any moment, and that is its end too.
    var ended = life.waitFor(Containers.WaitCondition.NEXT_EXIT);
    if (!life.state().alive()) {
      ended.cancel(false);
      return life.container();
    }
    byHand(life);
    signal(life, stopSignal(life));
    Duration patience = grace.or(() -> life.config().stop().timeout()).orElse(GRACE);
    if (!ends(life, ended, patience)) {
      life.killer("killed as it did not stop within %ss".formatted(patience.toSeconds()));
      kill(life, ended);
    }
    supervisor.settle(life);
    Container stopped = life.container();
    means.events().publish(stopped, "stop", Map.of());
    return stopped;
  }

  private static void byHand(Life life) {
    life.update(saved -> saved.withStoppedByHand(true));
  }

  private int stopSignal(Life life) {
    return life.config()
        .stop()
        .signal()
        .or(() -> imageStopSignal(life))
        .map(Signals::parse)
        .orElse(Signals.TERM);
  }

  private Optional<String> imageStopSignal(Life life) {
    return means
        .images()
        .find(life.definition().imageId())
        .flatMap(image -> Optional.ofNullable(image.config().stopSignal()));
  }

  // Its cgroup is reached by its path: nothing else of it need be there.
  private void signal(Life life, int number) {
    Cgroup cgroup = means.cgroups().open(Means.cgroupPath(life));
    if (number == Signals.KILL) {
      cgroup.kill();
    }
    // A privileged one may have moved itself out of its cgroup.
    life.signal(number);
    String signal = Integer.toString(number);
    means.events().publish(life.container(), "kill", Map.of("signal", signal));
    if (life.state().status() == Status.PAUSED) {
      // What is frozen hears no signal; on cgroup v1 it does not even die.
      cgroup.thaw();
    }
  }

  private void kill(Life life, CompletableFuture<Container> ended) {
    signal(life, Signals.KILL);
    if (ends(life, ended, DYING)) {
      return;
    }
    if (!supervisor.conclude(life)) {
      throw new DavitException(
          Kind.UNAVAILABLE,
          "container \"%s\" does not die: the kernel keeps its processes %s"
              .formatted(life.name(), means.cgroups().open(Means.cgroupPath(life)).pids()),
          "look for a hanging file system or device (dmesg)");
    }
    // It is dead. What it had is given back in its turn, behind that of many others perhaps.
    if (!within(ended, GIVING_BACK)) {
      throw new DavitException(
          Kind.UNAVAILABLE,
          "container \"%s\" has ended, but its network and cgroup are not removed after %ds"
              .formatted(life.name(), GIVING_BACK.toSeconds()),
          "see 'davit engine logs'");
    }
  }

  // Nobody waits for the end of one that could not be taken over: it is looked for.
  private boolean ends(Life life, CompletableFuture<Container> ended, Duration patience) {
    if (life.task().isPresent()) {
      return within(ended, patience);
    }
    long steps = patience.dividedBy(LOOK) + 1;
    for (long step = 0; step < steps; step++) {
      if (within(ended, LOOK)) {
        return true;
      }
      if (supervisor.conclude(life)) {
        // Its end is being recorded: until then it counts as running.
        return !life.state().alive() || within(ended, GIVING_BACK);
      }
    }
    return false;
  }

  private static boolean within(CompletableFuture<Container> ended, Duration patience) {
    try {
      ended.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new DavitException(Kind.NOT_FOUND, "the container has been removed", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DavitException(Kind.UNAVAILABLE, "waiting was interrupted", null, e);
    }
  }

  /// See [Containers#kill].
  void kill(Life life, int number) {
    Transitions.require(Verb.KILL, life.name(), life.state().status());
    if (number == Signals.KILL || number == stopSignal(life)) {
      byHand(life);
    }
    if (number == Signals.KILL) {
      life.killer("killed by command");
    }
    signal(life, number);
    if (life.task().isEmpty()) {
      // Nobody else would see what comes of it.
      var _ = ends(life, life.waitFor(Containers.WaitCondition.NEXT_EXIT), LOOK);
    }
  }

  /// Sends SIGKILL to all of `life`, which runs, and waits for nothing.
  void killAtOnce(Life life) {
    byHand(life);
    signal(life, Signals.KILL);
  }

  /// Ends `life` at once, if it runs or waits for a restart; the caller holds its `verbs`.
  void killed(Life life) {
    byHand(life);
    life.killer("killed by command");
    var ended = life.waitFor(Containers.WaitCondition.NEXT_EXIT);
    if (life.state().alive()) {
      kill(life, ended);
    }
    supervisor.settle(life);
  }
}
