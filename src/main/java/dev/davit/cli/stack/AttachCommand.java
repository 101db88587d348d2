package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.engine.Container;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class AttachCommand {
  private final Machine machine;

  AttachCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "attach",
      description =
          "Attach local standard input, output, and error streams to a service's running container",
      completionProvider = "services")
  @Usage("SERVICE")
  int attach(
      Session session,
      @Option(description = "Override the key sequence for detaching from a container")
          @Nullable String detachKeys,
      @Option(description = "Index of the container if there are several") int index,
      @Option(longName = "no-stdin", description = "Do not attach STDIN") boolean noStdin,
      @Option(defaultValue = "true", description = "Proxy all received signals to the process")
          boolean sigProxy,
      @Option(description = "Show the control sequences of the container as they are") boolean raw,
      @Argument(index = 0) String service) {
    Container container = Replicas.of(session, machine, service).running().one(index);
    boolean input = !noStdin && container.config().command().openStdin();
    var manner = new Attaching.Manner(input, sigProxy, DetachKeys.parse(detachKeys), raw);
    if (session.globals().dryRun()) {
      session.note("would attach to: container " + container.name());
      return 0;
    }
    return new Attaching(session, machine.containers(), manner).run(container);
  }
}
