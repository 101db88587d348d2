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

final class StartCommand {
  private final Verb verb;

  StartCommand(Machine machine) {
    this.verb = new Verb(machine);
  }

  @Command(name = "start", description = "Start services", completionProvider = "services")
  @Usage("[SERVICE...]")
  int start(
      Session session,
      @Option(longName = "wait-timeout", description = "Most seconds to wait for dependencies")
          @Nullable Integer waitTimeout,
      @Arguments List<String> services) {
    return verb.run(
        session,
        services,
        observed -> LifecyclePlanner.start(observed, services, Times.seconds(waitTimeout)));
  }
}
