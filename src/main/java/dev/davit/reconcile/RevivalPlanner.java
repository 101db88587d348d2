package dev.davit.reconcile;

import dev.davit.compose.Dependency;
import dev.davit.compose.Dependency.Condition;
import dev.davit.engine.Container;
import dev.davit.reconcile.Operation.StartContainer;
import dev.davit.reconcile.Operation.WaitFor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// Decides in which order containers come up again after the machine or the engine has ended: each
/// after what its service depends on, as far as that comes up or is up. Nobody is asked, so nothing
/// that fails keeps others down for ever.
public final class RevivalPlanner {
  private static final String CAUSE = "its restart policy";

  private final Set<String> due;
  private final Function<String, Optional<Desired>> desired;
  private final Plan.Builder plan = new Plan.Builder();
  private final Hooked hooked = new Hooked(plan);
  private final Map<String, Integer> started = new HashMap<>();

  private RevivalPlanner(Set<String> due, Function<String, Optional<Desired>> desired) {
    this.due = due;
    this.desired = desired;
  }

  /// @param containers all of the engine's
  /// @param due ids of those that their policies want to run
  /// @param desired what is kept of the wish for a project
  public static Plan plan(
      List<Container> containers, Set<String> due, Function<String, Optional<Desired>> desired) {
    var planner = new RevivalPlanner(due, desired);
    var projects = new TreeMap<String, List<Container>>();
    for (Container container : containers) {
      projects.computeIfAbsent(Labels.project(container), _ -> new ArrayList<>()).add(container);
    }
    projects.forEach(planner::project);
    return planner.plan.build();
  }

  private void project(String name, List<Container> containers) {
    var observed =
        new Observed(
            name, containers, List.of(), List.of(), Map.of(), Instant.EPOCH, desired.apply(name));
    var graph = new Graph(observed);
    var waits = new HashMap<Map.Entry<String, Condition>, Integer>();
    for (String service : graph.ordered(observed.services())) {
      List<Container> mine =
          containers.stream()
              .filter(it -> Labels.service(it).equals(service) && due.contains(it.id()))
              .toList();
      if (!mine.isEmpty()) {
        var before = new TreeSet<Integer>();
        graph
            .needs(service)
            .forEach((need, how) -> before.addAll(need(observed, service, need, how, waits)));
        mine.forEach(container -> start(container, before));
      }
    }
  }

  private void start(Container container, Set<Integer> services) {
    var before = new TreeSet<>(services);
    Namespaces.owners(container).stream()
        .flatMap(owner -> Optional.ofNullable(started.get(owner)).stream())
        .forEach(before::add);
    var subject =
        Subject.container(Labels.service(container), Labels.number(container), container.name());
    int start = plan.add(new StartContainer(subject, container.id(), CAUSE), before);
    started.put(
        container.id(),
        hooked.postStart(subject, container.id(), container.config().hooks(), start));
  }

  private Set<Integer> need(
      Observed observed,
      String service,
      String need,
      Dependency how,
      Map<Map.Entry<String, Condition>, Integer> waits) {
    List<Container> awaited =
        observed.of(need).stream()
            .filter(it -> due.contains(it.id()) || it.state().alive())
            .toList();
    if (awaited.isEmpty()) {
      if (how.required() && how.condition() != Condition.SERVICE_COMPLETED_SUCCESSFULLY) {
        plan.warn("\"%s\" does not wait for \"%s\", which stays down".formatted(service, need));
      }
      return Set.of();
    }
    var starts = new TreeSet<Integer>();
    awaited.forEach(it -> Optional.ofNullable(started.get(it.id())).ifPresent(starts::add));
    return how.condition() == Condition.SERVICE_STARTED
        ? starts
        : Set.of(
            waits.computeIfAbsent(
                Map.entry(need, how.condition()),
                _ -> plan.add(wait(service, need, how, awaited), starts)));
  }

  private static WaitFor wait(
      String service, String need, Dependency how, List<Container> awaited) {
    var condition =
        how.condition() == Condition.SERVICE_HEALTHY
            ? Operation.Condition.RECOVERED
            : Operation.Condition.COMPLETED;
    return new WaitFor(
        new Subject(Subject.Kind.CONTAINER, awaited.getFirst().name(), need),
        awaited.stream().map(Container::id).toList(),
        condition,
        false,
        Optional.empty(),
        condition.word() + ": needed by " + service);
  }
}
