package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.reconcile.LifecyclePlanner;
import java.util.List;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;

final class PauseCommand {
  private final Verb verb;

  PauseCommand(Machine machine) {
    this.verb = new Verb(machine);
  }

  @Command(name = "pause", description = "Pause services", completionProvider = "services")
  @Usage("[SERVICE...]")
  int pause(Session session, @Arguments List<String> services) {
    return verb.run(
        session, services, (_, observed, chosen) -> LifecyclePlanner.pause(observed, chosen));
  }
}
