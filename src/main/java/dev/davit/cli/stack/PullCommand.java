package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.Code;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.TransferPlanner;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class PullCommand {
  private final Machine machine;

  PullCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(name = "pull", description = "Pull service images", completionProvider = "services")
  @Usage("[SERVICE...]")
  int pull(
      Session session,
      @Option(longName = "ignore-buildable", description = "Leave out images that can be built")
          boolean ignoreBuildable,
      @Option(
              longName = "ignore-pull-failures",
              description = "Pull what can be pulled; failures are warnings")
          boolean ignoreFailures,
      @Option(longName = "include-deps", description = "Pull what the services depend on too")
          boolean includeDeps,
      @Option(description = "Policy for all services (missing|always)") @Nullable String policy,
      @Option(shortName = 'q', description = "Pull without progress") boolean quiet,
      @Arguments List<String> words) {
    if (policy != null && !policy.equals("missing") && !policy.equals("always")) {
      throw new UsageException(
          Code.INVALID_OPTION,
          "invalid --policy option \"" + policy + "\"",
          "write missing or always",
          policy);
    }
    Project project = Stack.load(session, ServicePatterns.names(words)).project();
    List<String> services = ServicePatterns.expand(words, project.services().keySet());
    Stack.checkServices(services, project);
    Plan plan =
        TransferPlanner.pull(
            project,
            machine.observer().observe(project),
            new TransferPlanner.Options(services, includeDeps, ignoreFailures),
            ignoreBuildable,
            Optional.ofNullable(policy));
    int code = new Execution(session, machine, Optional.of(project)).runOrPrint(plan, quiet);
    if (code == 0 && !session.globals().dryRun()) {
      tellBuilds(session, project, plan);
    }
    return code;
  }

  // In docker compose's words.
  private void tellBuilds(Session session, Project project, Plan plan) {
    List<String> wanted =
        plan.nodes().stream().map(node -> node.operation().subject().name()).toList();
    List<String> built =
        project.services().values().stream()
            .filter(service -> service.build().isPresent() && wanted.contains(service.image()))
            .filter(service -> machine.images().find(service.image()).isEmpty())
            .map(Service::name)
            .sorted()
            .toList();
    if (!built.isEmpty()) {
      session.warn(
          "Some service image(s) must be built from source by running: davit build "
              + String.join(" ", built));
    }
  }
}
