package dev.davit.engine;

import dev.davit.cgroup.BlockIo;
import dev.davit.cgroup.Limits;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Transitions.Verb;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.network.EndpointConfig;
import dev.davit.runtime.Stdio;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The verbs of [Containers].
final class ContainerVerbs implements Containers {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration DYING = Duration.ofSeconds(10);

  private static final Map<String, String> LIMITS =
      Map.of(
          "oomKillDisable", "the kernel may kill it for want of memory",
          "swappiness", "its memory is swapped as the machine says",
          "realTimeRuntime", "its tasks have no real-time budget",
          "blockIo", "it has no weight on block devices");

  private final Means means;
  private final Creation creation;
  private final Connections connections;
  private final Explanation explanation;
  private final Supervisor supervisor;

  ContainerVerbs(
      Means means,
      Creation creation,
      Connections connections,
      Explanation explanation,
      Supervisor supervisor) {
    this.means = means;
    this.creation = creation;
    this.connections = connections;
    this.explanation = explanation;
    this.supervisor = supervisor;
  }

  @Override
  public Container create(ContainerConfig config) {
    return creation.create(config);
  }

  @Override
  public void supply(String ref, Map<String, Content> contents) {
    alone(
        ref,
        life -> {
          creation.supply(life, contents);
          return life;
        });
  }

  private <T> T alone(String ref, Function<Life, T> verb) {
    Life life = means.lives().get(ref);
    life.verbs.lock();
    try {
      if (life.removed()) {
        throw new DavitException(Kind.NOT_FOUND, "container \"" + ref + "\" has been removed");
      }
      return verb.apply(life);
    } finally {
      life.verbs.unlock();
    }
  }

  @Override
  public Container start(String ref) {
    return alone(ref, this::start);
  }

  private Container start(Life life) {
    Transitions.require(Verb.START, life.name(), life.state().status());
    if (life.state().alive()) {
      return life.container();
    }
    life.cancelRestart();
    try {
      return supervisor.start(life, 0);
    } catch (RuntimeException e) {
      supervisor.leave(life);
      if (life.config().stop().removed()) {
        creation.remove(life, true);
      }
      throw e;
    }
  }

  @Override
  public Container stop(String ref, Optional<Duration> grace) {
    return alone(ref, life -> stop(life, grace));
  }

  private Container stop(Life life, Optional<Duration> grace) {
    if (life.state().status() == Status.RESTARTING) {
      byHand(life);
      supervisor.settle(life);
    }
    // Before the state is looked at: it may end by itself at any moment, and that is its end too.
    var ended = life.waitFor(WaitCondition.NEXT_EXIT);
    if (!life.state().alive()) {
      ended.cancel(false);
      return life.container();
    }
    byHand(life);
    signal(life, stopSignal(life));
    Duration patience = grace.or(() -> life.config().stop().timeout()).orElse(GRACE);
    if (!within(ended, patience)) {
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

  private void signal(Life life, int number) {
    life.task()
        .ifPresent(
            task -> {
              String signal = Integer.toString(number);
              if (number == Signals.KILL) {
                task.cgroup().kill();
              } else {
                life.signal(number);
              }
              means.events().publish(life.container(), "kill", Map.of("signal", signal));
              if (life.state().status() == Status.PAUSED) {
                // What is frozen hears no signal; on cgroup v1 it does not even die.
                task.cgroup().thaw();
              }
            });
  }

  private void kill(Life life, CompletableFuture<Container> ended) {
    signal(life, Signals.KILL);
    if (!within(ended, DYING)) {
      throw new DavitException(
          Kind.UNAVAILABLE,
          "container \"%s\" does not die: the kernel keeps its processes %s"
              .formatted(
                  life.name(), life.task().map(task -> task.cgroup().pids()).orElse(List.of())),
          "look for a hanging file system or device (dmesg)");
    }
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

  @Override
  public void kill(String ref, String signal) {
    Life life = means.lives().get(ref);
    int number = Signals.parse(signal);
    Transitions.require(Verb.KILL, life.name(), life.state().status());
    if (number == Signals.KILL || number == stopSignal(life)) {
      byHand(life);
    }
    if (number == Signals.KILL) {
      life.killer("killed by command");
    }
    signal(life, number);
  }

  @Override
  public Container restart(String ref, Optional<Duration> grace) {
    return alone(
        ref,
        life -> {
          life.startFollows(true);
          try {
            stop(life, grace);
            Container started = start(life);
            means.events().publish(started, "restart", Map.of());
            return started;
          } finally {
            life.startFollows(false);
          }
        });
  }

  @Override
  public void pause(String ref) {
    Container paused =
        alone(
            ref,
            life -> {
              Transitions.require(Verb.PAUSE, life.name(), life.state().status());
              life.running().cgroup().freeze();
              return to(life, Status.PAUSED);
            });
    means.events().publish(paused, "pause", Map.of());
  }

  @Override
  public void unpause(String ref) {
    Container running =
        alone(
            ref,
            life -> {
              Transitions.require(Verb.UNPAUSE, life.name(), life.state().status());
              life.running().cgroup().thaw();
              return to(life, Status.RUNNING);
            });
    means.events().publish(running, "unpause", Map.of());
  }

  // Unless it has ended meanwhile, which its end will say.
  private static Container to(Life life, Status status) {
    UnaryOperator<ContainerState> change =
        state -> state.alive() ? Transitions.to(state, status) : state;
    return life.update(saved -> saved.with(change));
  }

  @Override
  public void remove(String ref, boolean force, boolean volumes) {
    Life found = means.lives().get(ref);
    if (force && found.state().alive()) {
      byHand(found);
      // Not after, but during a stop with a long grace.
      signal(found, Signals.KILL);
    }
    alone(
        found.id(),
        life -> {
          if (force) {
            killed(life);
          }
          Transitions.require(Verb.REMOVE, life.name(), life.state().status());
          Status before = life.state().status();
          if (before != Status.REMOVING && before != Status.DEAD) {
            life.update(saved -> saved.with(state -> Transitions.to(state, Status.REMOVING)));
          }
          supervisor.leave(life);
          creation.remove(life, volumes);
          return life;
        });
  }

  private void killed(Life life) {
    byHand(life);
    life.killer("killed by command");
    var ended = life.waitFor(WaitCondition.NEXT_EXIT);
    if (life.state().alive()) {
      kill(life, ended);
    }
    supervisor.settle(life);
  }

  @Override
  public void rename(String ref, String name) {
    Creation.checkName(name);
    Container renamed =
        alone(
            ref,
            life -> {
              String before = life.name();
              means.lives().reserve(name, life.id());
              try {
                life.rename(name);
              } catch (RuntimeException e) {
                means.lives().release(name, life.id());
                throw e;
              }
              if (!before.equals(name)) {
                means.lives().release(before, life.id());
                means.networks().rename(life.id(), name);
              }
              return life.container();
            });
    means.events().publish(renamed, "rename", Map.of());
  }

  @Override
  public Container update(String ref, Limits limits, Optional<RestartPolicy> restart) {
    Container updated =
        alone(
            ref,
            life -> {
              if (life.config().stop().removed()
                  && restart.filter(it -> !it.equals(RestartPolicy.NEVER)).isPresent()) {
                throw new DavitException(
                    Kind.CONFLICT,
                    "container \"%s\" is removed when it ends: it has no restart policy"
                        .formatted(life.name()));
              }
              Limits all = life.config().resources().limits().with(limits);
              life.task().ifPresent(task -> task.cgroup().update(all.withBlockIo(BlockIo.NONE)));
              life.limits(all);
              restart.ifPresent(life::restartPolicy);
              return life.container();
            });
    means.events().publish(updated, "update", Map.of());
    return updated;
  }

  @Override
  public Container connect(String ref, EndpointConfig endpoint) {
    return alone(ref, life -> connections.connect(life, endpoint));
  }

  @Override
  public Container disconnect(String ref, String network) {
    return alone(ref, life -> connections.disconnect(life, network));
  }

  @Override
  public Optional<Container> find(String ref) {
    return means.lives().find(ref).map(Life::container);
  }

  @Override
  public Container get(String ref) {
    return means.lives().get(ref).container();
  }

  @Override
  public List<Container> list() {
    return means.lives().all().stream().map(Life::container).toList();
  }

  @Override
  public CompletableFuture<Container> waitFor(String ref, WaitCondition condition) {
    return means.lives().get(ref).waitFor(condition);
  }

  @Override
  public Attached attach(String ref, Execs.Streams streams) {
    Life life = means.lives().get(ref);
    var attachment = new Attachment[1];
    attachment[0] =
        new Attachment(means.loop(), streams, () -> life.attachments().remove(attachment[0]));
    life.attach(attachment[0]);
    return attachment[0];
  }

  @Override
  public void resize(String ref, int rows, int columns) {
    means.lives().get(ref).screen(new Stdio.Terminal(rows, columns));
  }

  @Override
  public List<String> lacks(ContainerConfig config) {
    Stream<String> limits =
        means.cgroups().lacks(config.resources().limits()).entrySet().stream()
            .map(
                lack -> LIMITS.getOrDefault(lack.getKey(), lack.getKey()) + ": " + lack.getValue());
    return Stream.of(
            limits,
            LogOptions.lacks(config.log()).stream(),
            SecurityModules.found().lacks(config.security().modules()).stream())
        .flatMap(lacks -> lacks)
        .toList();
  }

  @Override
  public String explain(String ref) {
    return explanation.of(means.lives().get(ref));
  }

  @Override
  public String explain(ContainerConfig config) {
    return explanation.of(config);
  }
}
