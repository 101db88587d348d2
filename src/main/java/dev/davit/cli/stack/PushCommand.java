package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.compose.Project;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.TransferPlanner;
import java.util.List;
import java.util.Optional;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class PushCommand {
  private final Machine machine;

  PushCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "push",
      description = "Push images that services build",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int push(
      Session session,
      @Option(
              longName = "ignore-push-failures",
              description = "Push what can be pushed; failures are warnings")
          boolean ignoreFailures,
      @Option(longName = "include-deps", description = "Push what the services depend on too")
          boolean includeDeps,
      @Option(shortName = 'q', description = "Push without progress") boolean quiet,
      @Arguments List<String> words) {
    Project project = Stack.load(session, ServicePatterns.names(words)).project();
    List<String> services = ServicePatterns.expand(words, project.services().keySet());
    Stack.checkServices(services, project);
    Plan plan =
        TransferPlanner.push(
            project, new TransferPlanner.Options(services, includeDeps, ignoreFailures));
    return new Execution(session, machine, Optional.of(project)).runOrPrint(plan, quiet);
  }
}
