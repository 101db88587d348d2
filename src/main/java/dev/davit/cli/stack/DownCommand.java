package dev.davit.cli.stack;

import dev.davit.cli.CommandEnded;
import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.provider.Providers;
import dev.davit.cli.provider.Providers.Ending;
import dev.davit.cli.row.Times;
import dev.davit.error.Code;
import dev.davit.reconcile.DownOptions;
import dev.davit.reconcile.DownPlanner;
import dev.davit.reconcile.Observed;
import dev.davit.reconcile.Plan;
import java.util.List;
import java.util.Optional;
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
      @Option(description = "Remove images used by services (local|all)") @Nullable String rmi,
      @Arguments List<String> services) {
    boolean images = removesImages(rmi);
    Stack stack = Stack.find(session, services);
    SetAside.tell(session, machine, stack.name());
    Observed observed = stack.observe(machine.observer());
    List<String> chosen = services.isEmpty() ? List.of() : stack.chosen(services, observed);
    boolean orphans =
        removeOrphans || Stack.isOn(session, stack.project(), "COMPOSE_REMOVE_ORPHANS");
    var options = new DownOptions(chosen, volumes, orphans, Times.seconds(timeout));
    Optional<Providers> providers = stack.project().map(known -> new Providers(session, known));
    providers.ifPresent(
        known ->
            known.end(
                Ending.DOWN,
                chosen,
                dependents -> CommandEnded.unless(down(session, stack, options.only(dependents)))));
    Plan plan = DownPlanner.plan(stack.project(), stack.observe(machine.observer()), options);
    if (plan.isEmpty() && stack.providers().isEmpty()) {
      session.warn("no resource found to remove for project \"" + stack.name() + "\"");
      return 0;
    }
    int code = new Execution(session, machine, stack.project()).runOrPrint(plan);
    if (code == 0) {
      forget(session, stack.name());
      providers.ifPresent(known -> known.endRest(Ending.DOWN, chosen));
    }
    if (images) {
      // The only image today is the machine itself.
      observed.containers().stream()
          .map(container -> container.config().image())
          .distinct()
          .sorted()
          .forEach(image -> session.note("Image " + image + " is built in and stays"));
    }
    return code;
  }

  private int down(Session session, Stack stack, DownOptions options) {
    Plan plan = DownPlanner.plan(stack.project(), stack.observe(machine.observer()), options);
    return new Execution(session, machine, stack.project()).run(plan);
  }

  private void forget(Session session, String project) {
    if (!session.globals().dryRun() && machine.observer().observe(project).containers().isEmpty()) {
      machine.desired().forget(project);
    }
  }

  /// Whether the images of all services go; those of builds alone are none yet.
  private static boolean removesImages(@Nullable String rmi) {
    return switch (rmi == null ? "" : rmi) {
      case "", "local" -> false;
      case "all" -> true;
      default ->
          throw new UsageException(
              Code.INVALID_OPTION,
              "invalid value for --rmi: \"" + rmi + "\"",
              "write local or all",
              rmi);
    };
  }
}
