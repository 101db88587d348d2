package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Signal;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.copy.CopyOptions;
import dev.davit.cli.copy.Copying;
import dev.davit.cli.copy.ExportOptions;
import dev.davit.cli.copy.Exporting;
import dev.davit.cli.copy.Side;
import dev.davit.cli.stack.Executing;
import dev.davit.cli.stack.LogMarks;
import dev.davit.cli.stack.LogOptions;
import dev.davit.cli.stack.LogPrinter;
import dev.davit.cli.stack.Machine;
import dev.davit.engine.Container;
import dev.davit.engine.Logs.Following;
import dev.davit.engine.Logs.Query;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// What goes in and out of one container: `cp`, `export`, `logs`, `exec`.
final class ContainerFiles {
  private static final String GROUP = ContainerLists.GROUP;

  private final Machine machine;
  private final Objects objects;

  ContainerFiles(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  @Command(
      name = {"container", "cp"},
      group = GROUP,
      description = "Copy files/folders between a container and the local filesystem",
      completionProvider = "containers")
  @Usage("CONTAINER:SRC_PATH DEST_PATH|- | SRC_PATH|- CONTAINER:DEST_PATH")
  void cp(
      Session session,
      CopyOptions options,
      @Argument(index = 0) String source,
      @Argument(index = 1) String destination) {
    var copying = new Copying(session, machine.archives(), options);
    Side from = Side.parse(source);
    Side to = Side.parse(destination);
    Runnable copy;
    if (from instanceof Side.Inside(String name, String path)) {
      String id = objects.container(name).id();
      copy =
          switch (to) {
            case Side.Inside _ ->
                throw new UsageException("copying between containers is not supported", null);
            case Side.Stream _ -> () -> copying.toStream(id, path);
            case Side.OnHost(String host) -> () -> copying.toHost(id, path, host);
          };
    } else if (to instanceof Side.Inside(String name, String path)) {
      String id = objects.container(name).id();
      copy =
          from instanceof Side.OnHost(String host)
              ? () -> copying.toContainer(host, id, path)
              : () -> copying.fromStream(id, path);
    } else {
      throw new UsageException("must specify at least one container source", null);
    }
    if (!session.globals().dryRun()) {
      copy.run();
    }
  }

  @Command(
      name = {"container", "export"},
      group = GROUP,
      description = "Export a container's filesystem as a tar archive",
      completionProvider = "containers")
  @Usage("CONTAINER")
  void export(Session session, ExportOptions options, @Argument(index = 0) String container) {
    Container found = objects.container(container);
    if (!session.globals().dryRun()) {
      Exporting.export(session, machine.archives(), machine.images(), found, options);
    }
  }

  @Command(
      name = {"container", "logs"},
      group = GROUP,
      description = "Fetch the logs of a container",
      completionProvider = "containers")
  @Usage("CONTAINER")
  int logs(
      Session session,
      LogOptions options,
      @Option(description = "Show what log options say of the container in each line")
          boolean details,
      @Argument(index = 0) String container) {
    Container found = objects.container(container);
    Instant now = Instant.now();
    var style = new LogPrinter.Style(false, false, options.timestamps(), options.raw(), details);
    if (!options.follow()) {
      var printer = new LogPrinter(session, style);
      machine.logs().read(found.id(), options.query(now), printer::print);
      return 0;
    }
    var marks = new LogMarks(session);
    Query whole = options.query(marks.begun(now));
    Query query = marks.behind(found.id()).map(whole::behind).orElse(whole);
    var printer = new LogPrinter(session, style, Optional.of(marks));
    marks.begin(printer);
    var ended = new CompletableFuture<Integer>();
    session.onSignal(signal -> ended.complete(signal.exitCode()));
    try (Following following = machine.logs().follow(List.of(found.id()), query, printer::print)) {
      var _ = following.done().whenComplete((_, _) -> ended.complete(0));
      int code = ended.join();
      return code == Signal.HUP.exitCode() ? 0 : code;
    }
  }

  @Command(
      name = {"container", "exec"},
      group = GROUP,
      description = "Execute a command in a running container",
      completionProvider = "containers")
  @Usage(value = "CONTAINER COMMAND [ARG...]", stopAtFirstArgument = true)
  int exec(
      Session session,
      Executing.Options options,
      @Option(shortName = 'i', description = "Keep STDIN open even if not attached")
          boolean interactive,
      @Option(shortName = 't', description = "Allocate a pseudo-TTY") boolean tty,
      @Argument(index = 0) String container,
      @Arguments List<String> command) {
    return new Executing(session, machine.execs(), options)
        .run(objects.container(container).id(), command, interactive, tty);
  }
}
