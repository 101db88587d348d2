package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.row.Times;
import dev.davit.reconcile.LifecyclePlanner;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class RestartCommand {
  private final Verb verb;

  RestartCommand(Machine machine) {
    this.verb = new Verb(machine);
  }

  @Command(
      name = "restart",
      description = "Restart service containers",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  int restart(
      Session session,
      @Option(shortName = 't', description = "Seconds between stop signal and SIGKILL")
          @Nullable Integer timeout,
      @Option(longName = "no-deps", description = "Don't restart dependent services")
          boolean noDeps,
      @Arguments List<String> services) {
    return verb.run(
        session,
        services,
        (_, observed, chosen) ->
            LifecyclePlanner.restart(observed, chosen, !noDeps, Times.seconds(timeout)));
  }
}
