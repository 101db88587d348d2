package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.row.Times;
import dev.davit.reconcile.DownOptions;
import dev.davit.reconcile.DownPlanner;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class DownCommand {
  private final Machine machine;

  DownCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "down",
      description = "Stop and remove containers, networks",
      completionProvider = "services")
  @Usage("[SERVICES]")
  int down(
      Session session,
      @Option(shortName = 'v', description = "Remove named volumes and anonymous ones too")
          boolean volumes,
      @Option(description = "Remove containers for services not in the Compose file")
          boolean removeOrphans,
      @Option(shortName = 't', description = "Seconds between stop signal and SIGKILL")
          @Nullable Integer timeout,
      @Option(description = "Remove images (not supported yet)") @Nullable String rmi,
      @Arguments List<String> services) {
    if (rmi != null) {
      throw new UsageException("--rmi is not supported by Davit yet", null);
    }
    Stack stack = Stack.find(session, services);
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(services, observed);
    boolean orphans = removeOrphans || isTrue(session.env("COMPOSE_REMOVE_ORPHANS").orElse(""));
    var options = new DownOptions(services, volumes, orphans, Times.seconds(timeout));
    Plan plan = DownPlanner.plan(stack.project(), observed, options);
    if (plan.isEmpty()) {
      session.warn("no resource found to remove for project \"" + stack.name() + "\"");
      return 0;
    }
    if (session.globals().dryRun()) {
      session.print(plan.print());
      return 0;
    }
    return new Execution(session, machine, stack.project()).run(plan);
  }

  private static boolean isTrue(String text) {
    return text.equals("1") || text.equalsIgnoreCase("true");
  }
}
