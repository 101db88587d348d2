package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import java.util.List;

/// A command that does one thing to the containers that a project has.
final class Verb {
  private final Machine machine;

  Verb(Machine machine) {
    this.machine = machine;
  }

  /// Makes the plan of a command.
  @FunctionalInterface
  interface Planning {
    /// @param services those asked for by name, or all that take part
    Plan plan(Stack stack, Observed observed, List<String> services);
  }

  /// Plans on what is there, and runs the plan; returns the exit code.
  int run(Session session, List<String> services, Planning planning) {
    Stack stack = Stack.find(session, services);
    SetAside.tell(session, machine, stack.name());
    Observed observed = stack.observe(machine.observer());
    List<String> chosen = stack.chosen(services, observed);
    List<String> providers = stack.providers();
    chosen = chosen.stream().filter(name -> !providers.contains(name)).toList();
    // A planner takes no services for all of them.
    Plan plan = chosen.isEmpty() ? Plan.EMPTY : planning.plan(stack, observed, chosen);
    return new Execution(session, machine, stack.project()).runOrPrint(plan);
  }
}
