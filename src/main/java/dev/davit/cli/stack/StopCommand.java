package dev.davit.cli.stack;

import dev.davit.cli.CommandEnded;
import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.provider.Providers;
import dev.davit.cli.provider.Providers.Ending;
import dev.davit.cli.row.Times;
import dev.davit.compose.Project;
import dev.davit.reconcile.LifecyclePlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    Optional<Project> project = Stack.find(session, services).project();
    List<String> chosen =
        project
            .map(known -> ServicePatterns.expand(services, known.services().keySet()))
            .orElse(services);
    Optional<Providers> providers = project.map(known -> new Providers(session, known));
    providers.ifPresent(
        known ->
            known.end(
                Ending.STOP,
                chosen,
                dependents -> {
                  List<String> among = new ArrayList<>(dependents);
                  if (!chosen.isEmpty()) {
                    among.retainAll(chosen);
                  }
                  if (!among.isEmpty()) {
                    CommandEnded.unless(containers(session, among, timeout));
                  }
                }));
    int code = containers(session, services, timeout);
    if (code == 0) {
      providers.ifPresent(known -> known.endRest(Ending.STOP, chosen));
    }
    return code;
  }

  private int containers(Session session, List<String> services, @Nullable Integer timeout) {
    return verb.run(
        session,
        services,
        (_, observed, chosen) -> LifecyclePlanner.stop(observed, chosen, Times.seconds(timeout)));
  }
}
