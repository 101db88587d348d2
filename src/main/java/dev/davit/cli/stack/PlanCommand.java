package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.provider.Providers;
import dev.davit.cli.provider.Providers.Provided;
import dev.davit.compose.Project;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanOptions;
import dev.davit.reconcile.Planner;
import java.util.List;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class PlanCommand {
  private final Machine machine;

  PlanCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "plan",
      description = "Print what up would do, and why, and do nothing",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  void plan(
      Session session,
      @Option(description = "Replace containers that have not changed too") boolean forceRecreate,
      @Option(description = "Remove containers for services not in the Compose file")
          boolean removeOrphans,
      @Option(description = "Scale SERVICE=NUM") List<String> scale,
      @Arguments List<String> services) {
    Project model = Stack.loadToRun(session, services);
    Provided provided =
        new Providers(session, model)
            .planned(ServicePatterns.expand(services, model.services().keySet()));
    if (provided.nothingElse()) {
      return;
    }
    Project project = provided.project();
    PlanOptions options =
        PlanOptions.builder()
            .services(provided.services())
            .allResources(session.globals().allResources())
            .scale(Scale.parse(scale, project))
            .removeOrphans(removeOrphans)
            .recreate(forceRecreate ? PlanOptions.Recreate.ALWAYS : PlanOptions.Recreate.IF_CHANGED)
            .build();
    Plan plan = Planner.plan(project, machine.observer().observe(project), options);
    plan.warnings().forEach(session::warn);
    if (plan.isEmpty()) {
      session.note("nothing to do");
    }
    session.print(plan.print());
  }
}
