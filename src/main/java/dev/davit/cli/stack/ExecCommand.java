package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Size;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.engine.Container;
import dev.davit.engine.Execs;
import dev.davit.error.DavitException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
      completionProvider = "services")
  @Usage(value = "SERVICE COMMAND [ARGS...]", stopAtFirstArgument = true)
  int exec(
      Session session,
      @Option(shortName = 'd', description = "Run the command in the background") boolean detach,
      @Option(shortName = 'e', description = "Set environment variables") List<String> env,
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
      @Option(description = "Give extended privileges to the process") boolean privileged,
      @Option(shortName = 'u', description = "Run the command as this user") @Nullable String user,
      @Option(shortName = 'w', description = "Path to workdir directory for this command")
          @Nullable String workdir,
      @Argument(index = 0) String service,
      @Arguments List<String> command) {
    if (command.isEmpty()) {
      throw new UsageException("argument COMMAND is missing", null);
    }
    if (tty && noTty) {
      throw new UsageException("--tty and --no-tty can't be used together", null);
    }
    Container container = Replicas.of(session, machine, service).running().one(index);
    boolean terminal =
        !detach && !noTty && (tty || session.ttys().stdin()) && session.ttys().stdout();
    var config =
        new Execs.ExecConfig(
            command,
            environment(session, env, terminal),
            Optional.ofNullable(user),
            Optional.ofNullable(workdir),
            terminal,
            privileged);
    String id = machine.execs().create(container.id(), config);
    if (detach) {
      var _ = machine.execs().start(id, Execs.Streams.NONE);
      return 0;
    }
    InputStream in = interactive ? session.in() : InputStream.nullInputStream();
    var streams = new Execs.Streams(in, session.out(), session.err());
    return terminal ? onTerminal(session, id, streams) : piped(session, id, streams);
  }

  private int onTerminal(Session session, String id, Execs.Streams streams) {
    try (Session.RawMode _ = session.raw()) {
      session.onSignal(signal -> machine.execs().kill(id, signal.name()));
      var ended = machine.execs().start(id, streams);
      resize(id, session.size());
      session.onResize(size -> resize(id, size));
      return ended.join();
    }
  }

  private void resize(String id, Size size) {
    try {
      machine.execs().resize(id, size.rows(), size.columns());
    } catch (DavitException ended) {
      // It was faster than the window.
    }
  }

  private int piped(Session session, String id, Execs.Streams streams) {
    session.onSignal(signal -> machine.execs().kill(id, signal.name()));
    return machine.execs().start(id, streams).join();
  }

  private static List<String> environment(Session session, List<String> env, boolean terminal) {
    var all = new ArrayList<String>();
    if (terminal) {
      all.add("TERM=" + session.env("TERM").orElse("xterm"));
    }
    for (String entry : env) {
      all.add(
          entry.indexOf('=') >= 0
              ? entry
              : session.env(entry).map(value -> entry + "=" + value).orElse(entry));
    }
    return all;
  }
}
