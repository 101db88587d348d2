package dev.davit.reconcile;

import dev.davit.compose.Dependency;
import dev.davit.compose.Dependency.Condition;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.Health;
import dev.davit.reconcile.Hooked.Due;
import dev.davit.reconcile.Operation.SupplyContainer;
import dev.davit.reconcile.Operation.UnpauseContainer;
import dev.davit.reconcile.Operation.WaitFor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of a plan that starts containers, each after what its service depends on.
final class StartPlan {
  private final Project project;
  private final Observed observed;
  private final PlanOptions options;
  private final Plan.Builder plan;
  private final ResourcePlan resources;
  private final Map<String, Integer> made = new HashMap<>();
  private final Map<String, Integer> stopped = new HashMap<>();
  private final Map<String, Set<Integer>> cleared = new HashMap<>();
  private final Map<String, Set<Integer>> started = new HashMap<>();
  private final Map<Wait, Integer> waits = new HashMap<>();
  private Map<String, List<Replica>> decisions = Map.of();

  private record Wait(String service, Operation.Condition condition, boolean required) {}

  StartPlan(
      Project project,
      Observed observed,
      PlanOptions options,
      ResourcePlan resources,
      Plan.Builder plan) {
    this.project = project;
    this.observed = observed;
    this.options = options;
    this.plan = plan;
    this.resources = resources;
  }

  /// The container with that name is there when `node` is done.
  void made(String name, int node) {
    made.put(name, node);
  }

  /// What an earlier start of the service has left is gone with `node`.
  void cleared(String service, int node) {
    cleared.computeIfAbsent(service, _ -> new TreeSet<>()).add(node);
  }

  /// The container ends with `node`.
  void stopped(Container container, int node) {
    stopped.put(container.id(), node);
  }

  @Nullable Integer stopped(Container container) {
    return stopped.get(container.id());
  }

  /// Plans the starts of `services`, and of others that were stopped on the way.
  void add(List<Service> services, Map<String, List<Replica>> decided) {
    decisions = decided;
    var names = services.stream().map(Service::name).collect(Collectors.toCollection(TreeSet::new));
    observed.containers().stream()
        .filter(container -> stopped.containsKey(container.id()))
        .map(Labels::service)
        .filter(project.services()::containsKey)
        .forEach(names::add);
    for (Service service : Dependencies.ordered(project, names, false)) {
      start(service);
    }
    if (options.await()) {
      await(services);
    }
  }

  private void start(Service service) {
    var due = new ArrayList<Due>();
    boolean first = true;
    var nodes = new TreeSet<Integer>();
    for (Target target : targets(service)) {
      Optional<String> cause = cause(target);
      if (cause.isEmpty()) {
        first = false;
      } else if (cause.get().equals(PAUSED)) {
        first = false;
        nodes.add(
            plan.add(
                new UnpauseContainer(target.subject(), target.subject().name(), PAUSED),
                before(service, target)));
      } else {
        String ref = target.subject().name();
        due.add(
            new Due(target.subject(), ref, target.config(), cause.get(), before(service, target)));
      }
    }
    nodes.addAll(new Hooked(plan).start(due, first));
    if (!nodes.isEmpty()) {
      started.put(service.name(), nodes);
    }
  }

  private Set<Integer> before(Service service, Target target) {
    var before = new TreeSet<>(dependencies(service));
    before.addAll(cleared.getOrDefault(service.name(), Set.of()));
    Optional.ofNullable(made.get(target.subject().name()))
        .ifPresentOrElse(before::add, () -> before.addAll(resources.before(service)));
    target
        .existing()
        .map(container -> stopped.get(container.id()))
        .filter(_ -> !made.containsKey(target.subject().name()))
        .ifPresent(before::add);
    supply(service, target, before).ifPresent(before::add);
    return before;
  }

  /// What a container that is kept was handed and has lost, as the machine was restarted.
  private Optional<Integer> supply(Service service, Target target, Set<Integer> before) {
    if (made.containsKey(target.subject().name()) || target.existing().isEmpty()) {
      return Optional.empty();
    }
    var lost = new TreeMap<>(GrantMapping.contents(project, service));
    lost.keySet().removeAll(target.existing().get().contents().keySet());
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    String cause = "lost: " + String.join(", ", lost.keySet());
    return Optional.of(
        plan.add(
            new SupplyContainer(target.subject(), target.subject().name(), lost, cause), before));
  }

  /// A container that will be there when everything is made.
  private record Target(Subject subject, ContainerConfig config, Optional<Container> existing) {}

  private List<Target> targets(Service service) {
    List<Replica> replicas = decisions.get(service.name());
    if (replicas != null) {
      return Replica.staying(replicas).stream()
          .map(replica -> new Target(replica.subject(), replica.config(), replica.existing()))
          .toList();
    }
    return observed.of(service.name()).stream()
        .map(
            container ->
                new Target(
                    Subject.container(service.name(), Labels.number(container), container.name()),
                    container.config(),
                    Optional.of(container)))
        .toList();
  }

  private static final String PAUSED = "paused";

  private Optional<String> cause(Target target) {
    Integer node = made.get(target.subject().name());
    if (node != null) {
      return Optional.of("made by #" + node);
    }
    Container container = target.existing().orElseThrow();
    Integer stop = stopped.get(container.id());
    if (stop != null) {
      return Optional.of("stopped by #" + stop);
    }
    return switch (container.state().status()) {
      case CREATED -> Optional.of("not started yet");
      case EXITED, DEAD -> Optional.of("exited (" + container.state().exitCode() + ")");
      case PAUSED -> Optional.of(PAUSED);
      case RUNNING, RESTARTING, REMOVING -> Optional.empty();
    };
  }

  /// What has to be done before a container of `service` can run.
  Set<Integer> dependencies(Service service) {
    var nodes = new TreeSet<Integer>();
    if (!options.withDependencies()) {
      return nodes;
    }
    Dependencies.of(service)
        .forEach(
            (name, dependency) -> {
              if (project.services().containsKey(name)) {
                nodes.addAll(dependency(name, dependency));
              }
            });
    return nodes;
  }

  private Set<Integer> dependency(String name, Dependency dependency) {
    Set<Integer> starts = started.getOrDefault(name, Set.of());
    List<String> names = names(name);
    boolean ordering = dependency.condition() == Condition.SERVICE_STARTED;
    if (names.isEmpty() || (ordering && (starts.isEmpty() || dependency.required()))) {
      return starts;
    }
    Operation.Condition condition = condition(dependency.condition());
    if (starts.isEmpty() && holds(name, condition)) {
      return Set.of();
    }
    return Set.of(wait(new Wait(name, condition, dependency.required()), names, neededBy(name)));
  }

  private int wait(Wait wait, List<String> names, String cause) {
    return waits.computeIfAbsent(
        wait,
        _ ->
            plan.add(
                new WaitFor(
                    new Subject(Subject.Kind.CONTAINER, names.getFirst(), wait.service()),
                    names,
                    wait.condition(),
                    wait.required(),
                    options.awaitTimeout(),
                    wait.condition().word() + ": " + cause),
                started.getOrDefault(wait.service(), Set.of())));
  }

  private String neededBy(String name) {
    return "needed by "
        + Stream.concat(project.services().values().stream(), options.ready().stream())
            .filter(other -> decisions.containsKey(other.name()) || isAsked(other))
            .filter(other -> Dependencies.of(other).containsKey(name))
            .map(Service::name)
            .sorted()
            .collect(Collectors.joining(", "));
  }

  private boolean isAsked(Service service) {
    return options.oneOff().filter(it -> it.service().equals(service)).isPresent()
        || options.ready().filter(service::equals).isPresent();
  }

  private List<String> names(String service) {
    Service dependency = project.services().get(service);
    return dependency == null
        ? List.of()
        : targets(dependency).stream().map(target -> target.subject().name()).toList();
  }

  private boolean holds(String service, Operation.Condition condition) {
    return observed.of(service).stream()
        .allMatch(
            container ->
                switch (condition) {
                  case STARTED -> container.state().alive();
                  case HEALTHY, READY, RECOVERED ->
                      container.state().alive()
                          && container
                              .state()
                              .health()
                              .map(health -> health.status() == Health.Status.HEALTHY)
                              .orElse(condition == Operation.Condition.READY);
                  case COMPLETED -> false;
                });
  }

  private static Operation.Condition condition(Condition condition) {
    return switch (condition) {
      case SERVICE_STARTED -> Operation.Condition.STARTED;
      case SERVICE_HEALTHY -> Operation.Condition.HEALTHY;
      case SERVICE_COMPLETED_SUCCESSFULLY -> Operation.Condition.COMPLETED;
    };
  }

  // A job that others wait for is ready when it is done; so it is no failure that it has ended.
  private void await(List<Service> services) {
    var jobs = new HashSet<>(options.jobs());
    for (Service service : services) {
      Dependencies.of(service)
          .forEach(
              (name, dependency) -> {
                if (dependency.condition() == Condition.SERVICE_COMPLETED_SUCCESSFULLY) {
                  jobs.add(name);
                }
              });
    }
    for (Service service : services) {
      List<String> names = names(service.name());
      boolean job = jobs.contains(service.name());
      var condition = job ? Operation.Condition.COMPLETED : Operation.Condition.READY;
      boolean done = !started.containsKey(service.name()) && holds(service.name(), condition);
      if (!names.isEmpty() && !done) {
        wait(new Wait(service.name(), condition, true), names, "asked for by --wait");
      }
    }
  }
}
