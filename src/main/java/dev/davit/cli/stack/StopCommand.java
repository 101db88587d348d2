package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.provider.Providers;
import dev.davit.cli.row.Times;
import dev.davit.reconcile.LifecyclePlanner;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class StopCommand {
  private final Verb verb;

  StopCommand(Machine machine) {
    this.verb = new Verb(machine);
  }

  @Command(name = "stop", description = "Stop services", completionProvider = "services")
  @Usage("[SERVICE...]")
  int stop(
      Session session,
      @Option(shortName = 't', description = "Seconds between stop signal and SIGKILL")
          @Nullable Integer timeout,
      @Arguments List<String> services) {
    int code =
        verb.run(
            session,
            services,
            (_, observed, chosen) ->
                LifecyclePlanner.stop(observed, chosen, Times.seconds(timeout)));
    if (code == 0) {
      Stack.find(session, services)
          .project()
          .ifPresent(
              project ->
                  new Providers(session, project)
                      .stop(ServicePatterns.expand(services, project.services().keySet())));
    }
    return code;
  }
}
