package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.reconcile.LifecyclePlanner;
import java.util.List;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;

final class UnpauseCommand {
  private final Verb verb;

  UnpauseCommand(Machine machine) {
    this.verb = new Verb(machine);
  }

  @Command(name = "unpause", description = "Unpause services", completionProvider = "services")
  @Usage("[SERVICE...]")
  int unpause(Session session, @Arguments List<String> services) {

    return verb.run(
        session, services, (_, observed, chosen) -> LifecyclePlanner.unpause(observed, chosen));
  }
}
