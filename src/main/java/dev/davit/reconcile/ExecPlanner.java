package dev.davit.reconcile;

import dev.davit.compose.Hook;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.reconcile.Operation.Moment;
import dev.davit.reconcile.Operation.RunHook;
import java.util.Set;

/// Decides where the command of a watch rule runs: in every container of the service that can run
/// it, all at a time.
public final class ExecPlanner {
  private ExecPlanner() {}

  /// @param index of the rule in the service, from 0
  /// @param cause what has changed
  public static Plan plan(Observed observed, String service, Hook hook, int index, String cause) {
    var plan = new Plan.Builder();
    for (Container container : observed.of(service)) {
      if (container.state().status() == Status.RUNNING) {
        plan.add(
            new RunHook(
                Subject.container(service, Labels.number(container), container.name()),
                container.id(),
                Moment.ON_CHANGE,
                HookMapping.exec(hook),
                index + 1,
                cause),
            Set.of());
      }
    }
    return plan.build();
  }
}
