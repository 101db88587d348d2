package dev.davit.cli.stack;

import dev.davit.cli.CommandEnded;
import dev.davit.cli.Session;
import dev.davit.compose.Project;
import dev.davit.engine.Container;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanOptions;
import dev.davit.reconcile.Planner;
import dev.davit.reconcile.PullPolicy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Plans what brings a project to what its files say, as `up`, `create`, `scale` and `run` do.
final class Converging {
  private final Session session;
  private final Machine machine;
  private final Project project;
  private final Manner manner;

  /// @param yes the answer to questions, without asking
  /// @param quietPull whether images are pulled without progress
  record Manner(boolean yes, boolean quietPull) {
    static final Manner USUAL = new Manner(false, false);
  }

  Converging(Session session, Machine machine, Project project, Manner manner) {
    this.session = session;
    this.machine = machine;
    this.project = project;
    this.manner = manner;
  }

  /// The options that hold for each of these commands, from their own and from variables.
  PlanOptions.Builder options(boolean removeOrphans) {
    boolean ignore = Stack.isOn(session, Optional.of(project), "COMPOSE_IGNORE_ORPHANS");
    Conflicts.orphans(removeOrphans, ignore);
    boolean always = Stack.isOn(session, Optional.of(project), "COMPOSE_REMOVE_ORPHANS");
    return PlanOptions.builder()
        .removeOrphans(removeOrphans || (always && !ignore))
        .ignoreOrphans(ignore)
        .allResources(session.globals().allResources());
  }

  /// The plan; asks before it loses data. Images that it begins with are pulled now, since what
  /// they are decides what else is to be done; a dry run has those pulls in the plan.
  Plan plan(PlanOptions.Builder options) {
    SetAside.tell(session, machine, project.name());
    Observed observed = observed();
    var lost = new TreeSet<String>();
    for (String volume : Planner.changedVolumes(project, observed, options.build())) {
      if (manner.yes() || (!session.globals().dryRun() && isToBeLost(volume))) {
        lost.add(volume);
      }
    }
    Plan plan = Planner.plan(project, observed, options.lostVolumes(Set.copyOf(lost)).build());
    Plan pulls = plan.pulling();
    if (pulls.isEmpty() || session.globals().dryRun()) {
      return plan;
    }
    var execution = new Execution(session, machine, Optional.of(project));
    CommandEnded.unless(execution.runOrPrint(pulls, manner.quietPull()));
    return Planner.plan(
        project,
        machine.observer().observe(project),
        options.pull(Optional.of(PullPolicy.NEVER)).build());
  }

  // What is there shall also work, before it is decided that it can stay.
  private Observed observed() {
    Observed observed = machine.observer().observe(project);
    if (session.globals().dryRun() || observed.containers().isEmpty()) {
      return observed;
    }
    List<String> ids = observed.containers().stream().map(Container::id).toList();
    for (String name : machine.containers().mend(ids)) {
      session.note(" Container " + name + "  Network mended");
    }
    return machine.observer().observe(project);
  }

  private boolean isToBeLost(String volume) {
    return Question.ask(
        session,
        "Volume \"%s\" exists but doesn't match configuration in compose file. Recreate (data will be lost)?"
            .formatted(volume));
  }
}
