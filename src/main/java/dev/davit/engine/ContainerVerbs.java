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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The verbs of [Containers].
final class ContainerVerbs implements Containers {

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
  private final Stops stops;

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
    this.stops = new Stops(means, supervisor);
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
    return alone(ref, life -> stops.stop(life, grace));
  }

  @Override
  public void kill(String ref, String signal) {
    stops.kill(means.lives().get(ref), Signals.parse(signal));
  }

  @Override
  public Container restart(String ref, Optional<Duration> grace) {
    return alone(
        ref,
        life -> {
          life.startFollows(true);
          try {
            stops.stop(life, grace);
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
      // Not after, but during a stop with a long grace.
      stops.killAtOnce(found);
    }
    alone(
        found.id(),
        life -> {
          if (force) {
            stops.killed(life);
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
  public List<String> mend(List<String> refs) {
    return connections.mend(
        refs.stream().flatMap(ref -> means.lives().find(ref).stream()).toList());
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
