package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.engine.Container;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.RemovePlanner;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class RmCommand {
  private final Machine machine;

  RmCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "rm",
      description = "Remove stopped service containers",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int rm(
      Session session,
      @Option(shortName = 'f', description = "Don't ask") boolean force,
      @Option(shortName = 's', description = "Stop the containers first") boolean stop,
      @Option(shortName = 'v', description = "Remove anonymous volumes of the containers too")
          boolean volumes,
      @Arguments List<String> services) {
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    List<String> chosen = stack.chosen(services, observed);
    List<Container> containers = RemovePlanner.candidates(observed, chosen, stop);
    if (containers.isEmpty()) {
      session.note("No stopped containers");
      return 0;
    }
    String going =
        "Going to remove "
            + containers.stream().map(Container::name).collect(Collectors.joining(", "));
    if (force || session.globals().dryRun()) {
      session.note(going);
    } else if (!Question.ask(session, going)) {
      return 0;
    }
    Plan plan = RemovePlanner.plan(observed, chosen, containers, volumes);
    return new Execution(session, machine, stack.project()).runOrPrint(plan);
  }
}
