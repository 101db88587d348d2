package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.compose.Project;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanOptions;
import dev.davit.reconcile.Planner;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Plans what brings a project to what its files say, as `up`, `create`, `scale` and `run` do.
final class Converging {
  private final Session session;
  private final Machine machine;
  private final Project project;

  Converging(Session session, Machine machine, Project project) {
    this.session = session;
    this.machine = machine;
    this.project = project;
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

  /// The plan; asks before it loses data.
  ///
  /// @param yes the answer without asking
  Plan plan(PlanOptions.Builder options, boolean yes) {
    Observed observed = machine.observer().observe(project);
    var lost = new TreeSet<String>();
    for (String volume : Planner.changedVolumes(project, observed, options.build())) {
      if (yes || (!session.globals().dryRun() && isToBeLost(volume))) {
        lost.add(volume);
      }
    }
    return Planner.plan(project, observed, options.lostVolumes(Set.copyOf(lost)).build());
  }

  private boolean isToBeLost(String volume) {
    return Question.ask(
        session,
        "Volume \"%s\" exists but doesn't match configuration in compose file. Recreate (data will be lost)?"
            .formatted(volume));
  }
}
