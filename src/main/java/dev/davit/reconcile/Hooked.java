package dev.davit.reconcile;

import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Execs.ExecConfig;
import dev.davit.engine.Hooks;
import dev.davit.engine.Hooks.PreStart;
import dev.davit.reconcile.Operation.Moment;
import dev.davit.reconcile.Operation.RestartContainer;
import dev.davit.reconcile.Operation.RunHook;
import dev.davit.reconcile.Operation.RunPreStart;
import dev.davit.reconcile.Operation.StartContainer;
import dev.davit.reconcile.Operation.StopContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Starts, stops and restarts with the hooks around them.
final class Hooked {
  private final Plan.Builder plan;

  Hooked(Plan.Builder plan) {
    this.plan = plan;
  }

  /// A container to start.
  ///
  /// @param config with its hooks
  /// @param before what has to be done first
  record Due(
      Subject subject, String ref, ContainerConfig config, String cause, Set<Integer> before) {}

  /// Starts the containers of one service, lowest number first; returns what they run after.
  ///
  /// @param first whether no container of the service runs
  Set<Integer> start(List<Due> due, boolean first) {
    List<Set<Integer>> ready = preStart(due, first);
    var last = new TreeSet<Integer>();
    for (int i = 0; i < due.size(); i++) {
      Due one = due.get(i);
      int start = plan.add(new StartContainer(one.subject(), one.ref(), one.cause()), ready.get(i));
      last.add(postStart(one.subject(), one.ref(), one.config().hooks(), start));
    }
    return last;
  }

  // Step after step; one for the whole service is run for the first container, and all wait for it.
  private List<Set<Integer>> preStart(List<Due> due, boolean first) {
    var ready = new ArrayList<Set<Integer>>(due.stream().map(Due::before).toList());
    List<PreStart> steps = due.isEmpty() ? List.of() : due.getFirst().config().hooks().preStart();
    for (int step = 0; step < steps.size(); step++) {
      if (steps.get(step).perReplica()) {
        for (int i = 0; i < ready.size(); i++) {
          ready.set(i, Set.of(preStart(due.get(i), steps.get(step), step + 1, ready.get(i))));
        }
      } else if (first) {
        var all = new TreeSet<Integer>();
        ready.forEach(all::addAll);
        Set<Integer> node = Set.of(preStart(due.getFirst(), steps.get(step), step + 1, all));
        ready.replaceAll(_ -> node);
      }
    }
    return ready;
  }

  private int preStart(Due due, PreStart step, int index, Collection<Integer> before) {
    ContainerConfig config = HookMapping.container(due.config(), due.subject().name(), step, index);
    return plan.add(
        new RunPreStart(due.subject(), due.ref(), config, index, "pre_start " + index), before);
  }

  /// Of a container that has been started.
  void postStart(Container container, Subject subject) {
    hooks(
        subject,
        container.id(),
        Moment.POST_START,
        container.config().hooks().postStart(),
        Set.of());
  }

  int postStart(Subject subject, String ref, Hooks hooks, int start) {
    return hooks(subject, ref, Moment.POST_START, hooks.postStart(), Set.of(start)).stream()
        .findFirst()
        .orElse(start);
  }

  /// Stops a container that does; returns the node that has stopped it.
  int stop(
      Container container,
      Subject subject,
      Optional<Duration> grace,
      String cause,
      Set<Integer> before) {
    return plan.add(
        new StopContainer(subject, container.id(), grace, cause),
        preStop(container, subject, before));
  }

  int restart(
      Container container,
      Subject subject,
      Optional<Duration> grace,
      String cause,
      Set<Integer> before) {
    int restart =
        plan.add(
            new RestartContainer(subject, container.id(), grace, cause),
            preStop(container, subject, before));
    return postStart(subject, container.id(), container.config().hooks(), restart);
  }

  // In one that is paused or waits for its restart nothing can be run.
  private Set<Integer> preStop(Container container, Subject subject, Set<Integer> before) {
    return container.state().status() == Status.RUNNING
        ? hooks(
            subject, container.id(), Moment.PRE_STOP, container.config().hooks().preStop(), before)
        : before;
  }

  private Set<Integer> hooks(
      Subject subject, String ref, Moment moment, List<ExecConfig> commands, Set<Integer> before) {
    Set<Integer> last = before;
    for (int i = 0; i < commands.size(); i++) {
      String cause = moment.word() + " " + (i + 1);
      last =
          Set.of(plan.add(new RunHook(subject, ref, moment, commands.get(i), i + 1, cause), last));
    }
    return last;
  }
}
