package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import java.util.List;
import java.util.function.Function;

/// A command that does one thing to the containers that a project has.
final class Verb {
  private final Machine machine;

  Verb(Machine machine) {
    this.machine = machine;
  }

  /// Plans on what is there, and runs the plan; returns the exit code.
  int run(Session session, List<String> services, Function<Observed, Plan> planner) {
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    Plan plan = planner.apply(observed);
    if (session.globals().dryRun()) {
      session.print(plan.print());
      return 0;
    }
    return new Execution(session, machine, stack.project()).run(plan);
  }
}
