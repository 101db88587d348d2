package dev.davit.cli.stack;

import dev.davit.cli.CommandEnded;
import dev.davit.cli.Session;
import dev.davit.cli.provider.Providers;
import dev.davit.cli.provider.Providers.Provided;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Converges in stages where programs stand for services: each is run when what it depends on is
/// there, and what depends on it is planned when it has said what it provides.
final class Staged {
  private final Session session;
  private final Machine machine;
  private final Function<Converging, PlanOptions.Builder> asked;
  private final Converging.Manner manner;

  /// @param asked the options of the command
  Staged(
      Session session,
      Machine machine,
      Function<Converging, PlanOptions.Builder> asked,
      Converging.Manner manner) {
    this.session = session;
    this.machine = machine;
    this.asked = asked;
    this.manner = manner;
  }

  /// Runs the providers of `services`, or of all for none.
  ///
  /// @param withNeeded and what those need
  Provided provide(Project project, List<String> services, boolean withNeeded) {
    return new Providers(session, project).up(services, withNeeded, this::ready);
  }

  /// The last stage.
  Plan plan(Provided provided) {
    var converging = new Converging(session, machine, provided.project(), manner);
    return converging.plan(
        asked.apply(converging).services(provided.services()).jobs(provided.jobs()));
  }

  private void ready(Project project, Service provider) {
    var converging = new Converging(session, machine, project, manner);
    Plan plan = converging.plan(asked.apply(converging).readyFor(provider));
    CommandEnded.unless(new Execution(session, machine, Optional.of(project)).run(plan));
  }
}
