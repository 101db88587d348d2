package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.reconcile.LifecyclePlanner;
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
      @Arguments List<String> services) {
    return verb.run(
        session, services, observed -> LifecyclePlanner.kill(observed, services, signal));
  }
}
