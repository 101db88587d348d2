package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.engine.Container;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Observed;
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
    Stack stack = Stack.find(session, List.of(service));
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(List.of(service), observed);
    Container container =
        observed.of(service).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.WRONG_STATE,
                        "service \"%s\" has no container yet".formatted(service),
                        "make it with 'davit up --no-start " + service + "'"));
    String text = machine.containers().explain(container.id());
    session.print(text.endsWith("\n") ? text : text + "\n");
  }
}
