package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.engine.Container;
import java.util.List;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class ExecCommand {
  private final Machine machine;

  ExecCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "exec",
      description = "Execute a command in a running container",
      completionProvider = "programs")
  @Usage(value = "SERVICE COMMAND [ARGS...]", stopAtFirstArgument = true)
  int exec(
      Session session,
      Executing.Options options,
      @Option(defaultValue = "0", description = "Index of the container if there are several")
          int index,
      @Option(shortName = 'T', longName = "no-tty", description = "Disable pseudo-TTY allocation")
          boolean noTty,
      @Option(shortName = 't', description = "Allocate a pseudo-TTY") boolean tty,
      @Option(
              shortName = 'i',
              defaultValue = "true",
              description = "Keep STDIN open even if not attached")
          boolean interactive,
      @Argument(index = 0) String service,
      @Arguments List<String> command) {
    if (tty && noTty) {
      throw new UsageException("--tty and --no-tty can't be used together", null);
    }
    Container container = Replicas.of(session, machine, service).running().one(index);
    boolean terminal = !noTty && (tty || session.ttys().stdin()) && session.ttys().stdout();
    return new Executing(session, machine.execs(), options)
        .run(container.id(), command, interactive, terminal);
  }
}
