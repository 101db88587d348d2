package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.LoadOptions;
import dev.davit.engine.ContainerConfig;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Wanted;
import java.util.List;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;

final class ExplainCommand {
  private final Machine machine;

  ExplainCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "explain",
      description = "Print the system calls that start a service's container",
      completionProvider = "services")
  @Usage("SERVICE")
  void explain(Session session, @Argument(index = 0) String service) {
    Stack stack = Stack.find(session, List.of(service), LoadOptions.ALL);
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(List.of(service), observed);
    String text =
        observed.of(service).stream()
            .findFirst()
            .map(container -> machine.containers().explain(container.id()))
            .orElseGet(() -> machine.containers().explain(wanted(stack, observed, service)));
    session.print(text.endsWith("\n") ? text : text + "\n");
  }

  private static ContainerConfig wanted(Stack stack, Observed observed, String name) {
    Project project = stack.project().orElseThrow();
    Service service = project.services().get(name);
    if (service == null) {
      throw new DavitException(
          Kind.WRONG_STATE,
          "service \"%s\" is not enabled".formatted(name),
          "name its profile: davit --profile PROFILE explain " + name);
    }
    return Wanted.container(project, observed, service);
  }
}
