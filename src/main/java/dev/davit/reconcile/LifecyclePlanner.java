package dev.davit.reconcile;

import dev.davit.compose.Dependency;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.RestartPolicy;
import dev.davit.reconcile.Hooked.Due;
import dev.davit.reconcile.Operation.KillContainer;
import dev.davit.reconcile.Operation.PauseContainer;
import dev.davit.reconcile.Operation.UnpauseContainer;
import dev.davit.reconcile.Operation.WaitFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Decides what `stop`, `start`, `restart`, `kill`, `pause` and `unpause` do to the containers that
/// a project has. `services` empty means all.
public final class LifecyclePlanner {
  private static final String ASKED = "asked for";

  private final Observed observed;
  private final Graph graph;
  private final Plan.Builder plan = new Plan.Builder();
  private final Hooked hooked = new Hooked(plan);
  private final Map<String, Set<Integer>> done = new HashMap<>();
  private Optional<String> recovering = Optional.empty();

  private LifecyclePlanner(Observed observed) {
    this.observed = observed;
    this.graph = new Graph(observed);
  }

  /// What follows the start of a one-off.
  public static Plan started(Container oneOff) {
    var plan = new Plan.Builder();
    new Hooked(plan).postStart(oneOff, subject(oneOff));
    return plan.build();
  }

  /// Dependents end before what they depend on.
  public static Plan stop(
      Observed observed, Collection<String> services, Optional<Duration> grace) {
    var planner = new LifecyclePlanner(observed);
    Set<String> all = planner.graph.orAll(services);
    for (String service : planner.graph.ordered(all).reversed()) {
      var before = planner.after(planner.graph.dependents(service));
      planner.each(
          service,
          EnumSet.of(Status.RUNNING, Status.PAUSED, Status.RESTARTING),
          container -> planner.hooked.stop(container, subject(container), grace, ASKED, before),
          before);
    }
    return planner.plan.build();
  }

  /// Starts what does not run, what it depends on first, and waits for that as it was declared.
  ///
  /// @param await wait at the end until the services are ready
  public static Plan start(
      Observed observed, Collection<String> services, boolean await, Optional<Duration> timeout) {
    var planner = new LifecyclePlanner(observed);
    var all = new TreeSet<>(planner.graph.orAll(services));
    var open = new ArrayDeque<>(all);
    while (!open.isEmpty()) {
      planner.graph.needs(open.pop()).keySet().stream().filter(all::add).forEach(open::add);
    }
    for (String service : planner.graph.ordered(all)) {
      planner.startAll(service, planner.conditions(service, timeout));
    }
    if (await) {
      all.forEach(service -> planner.await(service, timeout));
    }
    return planner.plan.build();
  }

  // A job that others wait for is ready when it is done.
  private void await(String service, Optional<Duration> timeout) {
    List<Container> containers = observed.of(service);
    if (!containers.isEmpty()) {
      boolean job =
          graph.dependents(service).stream()
              .map(dependent -> graph.needs(dependent).get(service))
              .anyMatch(
                  it ->
                      it != null
                          && it.condition() == Dependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY);
      plan.add(
          new WaitFor(
              new Subject(Subject.Kind.CONTAINER, containers.getFirst().name(), service),
              containers.stream().map(Container::id).toList(),
              job ? Operation.Condition.COMPLETED : Operation.Condition.READY,
              true,
              timeout,
              "asked for by --wait"),
          done.getOrDefault(service, Set.of()));
    }
  }

  /// Restarts in dependency order, with those that ask to restart along.
  public static Plan restart(
      Observed observed,
      Collection<String> services,
      boolean withDependents,
      Optional<Duration> grace) {
    var planner = new LifecyclePlanner(observed);
    Set<String> asked = planner.graph.orAll(services);
    Set<String> all = withDependents ? planner.withFollowers(asked) : asked;
    for (String service : planner.graph.ordered(all)) {
      Set<Integer> before = planner.conditions(service, Optional.empty());
      planner.each(
          service,
          EnumSet.complementOf(EnumSet.of(Status.REMOVING)),
          container -> planner.hooked.restart(container, subject(container), grace, ASKED, before),
          before);
    }
    return planner.plan.build();
  }

  /// Restarts who asked to restart along with `service`, which its policy has started again at
  /// `since`, as soon as it is as they need it.
  public static Plan follow(Observed observed, String service, Instant since) {
    var planner = new LifecyclePlanner(observed);
    planner.recovering = Optional.of(service);
    Set<String> all = planner.withFollowers(Set.of(service));
    all.remove(service);
    for (String name : planner.graph.ordered(all)) {
      List<Container> stale =
          observed.of(name).stream().filter(container -> isStale(container, since)).toList();
      if (!stale.isEmpty()) {
        Set<Integer> before = planner.conditions(name, Optional.empty());
        String cause = "\"" + service + "\" was started again by its policy";
        var ids = new TreeSet<Integer>();
        stale.forEach(
            it ->
                ids.add(planner.hooked.restart(it, subject(it), Optional.empty(), cause, before)));
        planner.done.put(name, ids);
      }
    }
    return planner.plan.build();
  }

  // One that its own policy will start does so with what it needs as it is now, unless it tries
  // just
  // before the other is there, whose namespace it lacks then.
  private static boolean isStale(Container container, Instant since) {
    return switch (container.state().status()) {
      case RUNNING, PAUSED -> container.state().startedAt().map(since::isAfter).orElse(true);
      case EXITED ->
          container.state().exitCode() == ContainerState.NOT_STARTED
              && container.config().restart().name() != RestartPolicy.Name.NO;
      case RESTARTING -> !Namespaces.owners(container).isEmpty();
      case CREATED, REMOVING, DEAD -> false;
    };
  }

  private Set<String> withFollowers(Set<String> services) {
    var all = new TreeSet<>(services);
    var open = new ArrayDeque<>(all);
    while (!open.isEmpty()) {
      String next = open.pop();
      graph.dependents(next).stream()
          .filter(name -> restarts(graph.needs(name).get(next)))
          .filter(all::add)
          .forEach(open::add);
    }
    return all;
  }

  /// One-offs are killed too, as by docker compose.
  public static Plan kill(Observed observed, Collection<String> services, String signal) {
    var planner = new LifecyclePlanner(observed);
    Set<String> all = planner.graph.orAll(services);
    observed.containers().stream()
        .filter(container -> all.contains(Labels.service(container)))
        .filter(container -> container.state().alive())
        .sorted(Comparator.comparing(Labels::service).thenComparingInt(Labels::number))
        .map(container -> new KillContainer(subject(container), container.id(), signal, ASKED))
        .forEach(kill -> planner.plan.add(kill, Set.of()));
    return planner.plan.build();
  }

  /// What is paused already is asked too, which fails and says so.
  public static Plan pause(Observed observed, Collection<String> services) {
    return each(
        observed,
        services,
        EnumSet.of(Status.RUNNING, Status.PAUSED),
        container -> new PauseContainer(subject(container), container.id(), ASKED));
  }

  public static Plan unpause(Observed observed, Collection<String> services) {
    return each(
        observed,
        services,
        EnumSet.of(Status.RUNNING, Status.PAUSED),
        container -> new UnpauseContainer(subject(container), container.id(), ASKED));
  }

  private static Plan each(
      Observed observed,
      Collection<String> services,
      Set<Status> states,
      Function<Container, Operation> operation) {
    var planner = new LifecyclePlanner(observed);
    for (String service : planner.graph.orAll(services)) {
      planner.each(
          service,
          states,
          container -> planner.plan.add(operation.apply(container), Set.of()),
          Set.of());
    }
    return planner.plan.build();
  }

  private void startAll(String service, Set<Integer> before) {
    var due = new ArrayList<Due>();
    boolean first = true;
    for (Container container : observed.of(service)) {
      switch (container.state().status()) {
        case CREATED, EXITED, DEAD ->
            due.add(
                new Due(
                    subject(container),
                    container.id(),
                    container.config(),
                    container.state().status() == Status.CREATED
                        ? "not started yet"
                        : "exited (" + container.state().exitCode() + ")",
                    before));
        case RUNNING, PAUSED, RESTARTING, REMOVING -> first = false;
      }
    }
    var ids = new TreeSet<>(before);
    ids.addAll(hooked.start(due, first));
    done.put(service, ids);
  }

  /// @param operation adds what is done to a container, and returns the last node of it
  private void each(
      String service, Set<Status> states, ToIntFunction<Container> operation, Set<Integer> before) {
    var ids = new TreeSet<>(before);
    for (Container container : observed.of(service)) {
      if (states.contains(container.state().status())) {
        ids.add(operation.applyAsInt(container));
      }
    }
    done.put(service, ids);
  }

  private Set<Integer> after(Collection<String> services) {
    var ids = new TreeSet<Integer>();
    services.forEach(name -> ids.addAll(done.getOrDefault(name, Set.of())));
    return ids;
  }

  private Set<Integer> conditions(String service, Optional<Duration> timeout) {
    var ids = new TreeSet<Integer>();
    graph
        .needs(service)
        .forEach(
            (name, dependency) -> {
              Set<Integer> starts = done.getOrDefault(name, Set.of());
              if (dependency.condition() == Dependency.Condition.SERVICE_STARTED
                  || observed.of(name).isEmpty()) {
                ids.addAll(starts);
              } else {
                ids.add(wait(service, name, dependency, timeout));
              }
            });
    return ids;
  }

  private int wait(String service, String name, Dependency dependency, Optional<Duration> timeout) {
    List<Container> containers = observed.of(name);
    var condition =
        dependency.condition() == Dependency.Condition.SERVICE_COMPLETED_SUCCESSFULLY
            ? Operation.Condition.COMPLETED
            : recovering.isPresent() ? Operation.Condition.RECOVERED : Operation.Condition.HEALTHY;
    return plan.add(
        new WaitFor(
            new Subject(Subject.Kind.CONTAINER, containers.getFirst().name(), name),
            containers.stream().map(Container::id).toList(),
            condition,
            dependency.required(),
            timeout,
            condition.word() + ": needed by " + service),
        done.getOrDefault(name, Set.of()));
  }

  private static boolean restarts(@Nullable Dependency dependency) {
    return dependency != null && dependency.restart();
  }

  private static Subject subject(Container container) {
    return Subject.container(Labels.service(container), Labels.number(container), container.name());
  }
}
