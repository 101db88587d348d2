package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.row.Times;
import dev.davit.compose.Dependency;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.LifecyclePlanner;
import dev.davit.reconcile.Observed;
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
      @Option(longName = "wait", description = "Wait until services are ready") boolean await,
      @Option(longName = "wait-timeout", description = "Most seconds to wait")
          @Nullable Integer waitTimeout,
      @Arguments List<String> services) {
    Conflicts.waitTimeout(waitTimeout);
    return verb.run(
        session,
        services,
        (stack, observed, chosen) -> {
          stack.project().ifPresent(project -> checkThere(project, observed, chosen));
          return LifecyclePlanner.start(observed, chosen, await, Times.seconds(waitTimeout));
        });
  }

  private static void checkThere(Project project, Observed observed, List<String> chosen) {
    if (observed.containers().isEmpty()) {
      throw new DavitException(
          Kind.WRONG_STATE,
          "service \"%s\" has no container to start".formatted(chosen.getFirst()),
          "create it with 'davit up' or 'davit create'");
    }
    for (String name : chosen) {
      Service service = project.services().get(name);
      if (service != null && !observed.of(name).isEmpty()) {
        service
            .dependsOn()
            .forEach((needed, how) -> checkThere(project, observed, name, needed, how));
      }
    }
  }

  private static void checkThere(
      Project project, Observed observed, String name, String needed, Dependency how) {
    Service dependency = project.services().get(needed);
    if (dependency != null
        && how.required()
        && how.condition() != Dependency.Condition.SERVICE_STARTED
        && dependency.replicas() > 0
        && dependency.provider().isEmpty()
        && observed.of(needed).isEmpty()) {
      throw new DavitException(
          Kind.WRONG_STATE,
          "%s is missing dependency %s".formatted(name, needed),
          "create it with 'davit up' or 'davit create'");
    }
  }
}
