package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.reconcile.LifecyclePlanner;
import dev.davit.reconcile.Plan;
import java.util.List;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class KillCommand {
  private final Verb verb;

  KillCommand(Machine machine) {
    this.verb = new Verb(machine);
  }

  @Command(
      name = "kill",
      description = "Force stop service containers",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int kill(
      Session session,
      @Option(shortName = 's', defaultValue = "SIGKILL", description = "Signal to send")
          String signal,
      @Option(description = "Kill containers of services not in the Compose file too")
          boolean removeOrphans,
      @Arguments List<String> services) {
    return verb.run(
        session,
        services,
        (_, observed, chosen) -> {
          // Without names the observed ones are all that there are, orphans included.
          boolean all = removeOrphans && services.isEmpty();
          Plan plan = LifecyclePlanner.kill(observed, all ? List.of() : chosen, signal);
          if (plan.isEmpty()) {
            session.note("No container to kill");
          }
          return plan;
        });
  }
}
