package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.copy.CommitOptions;
import dev.davit.cli.copy.CopyOptions;
import dev.davit.cli.copy.Copying;
import dev.davit.cli.copy.ExportOptions;
import dev.davit.cli.copy.Exporting;
import dev.davit.cli.copy.Side;
import dev.davit.engine.Container;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// Commands that carry files of a project's containers: `cp`, `export`, `commit`.
final class CopyCommands {
  private final Machine machine;

  CopyCommands(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "cp",
      description = "Copy files/folders between a service container and the local filesystem",
      completionProvider = "copies")
  @Usage("SERVICE:SRC_PATH DEST_PATH|- | SRC_PATH|- SERVICE:DEST_PATH")
  void cp(
      Session session,
      @Option(description = "Include containers created by the run command") boolean all,
      CopyOptions options,
      @Option(description = "Index of the container if there are several") int index,
      @Argument(index = 0) String source,
      @Argument(index = 1) String destination) {
    var copying = new Copying(session, machine.archives(), options);
    switch (Side.parse(source)) {
      case Side.Inside(String service, String path) -> {
        Container from = replicas(session, service, all).one(index);
        switch (Side.parse(destination)) {
          case Side.Inside _ ->
              throw new UsageException("copying between services is not supported", null);
          case Side.Stream _ -> unlessDry(session, from, () -> copying.toStream(from.id(), path));
          case Side.OnHost(String host) ->
              unlessDry(session, from, () -> copying.toHost(from.id(), path, host));
        }
      }
      case Side.OnHost(String host) -> {
        Side.Inside to = inside(destination);
        for (Container each : replicas(session, to.name(), all).all(index)) {
          unlessDry(session, each, () -> copying.toContainer(host, each.id(), to.path()));
        }
      }
      case Side.Stream _ -> {
        Side.Inside to = inside(destination);
        List<Container> targets = replicas(session, to.name(), all).all(index);
        if (targets.size() > 1) {
          throw new UsageException(
              "a stream can go to one container only, and \"%s\" has %d"
                  .formatted(to.name(), targets.size()),
              "choose one with --index");
        }
        Container each = targets.getFirst();
        unlessDry(session, each, () -> copying.fromStream(each.id(), to.path()));
      }
    }
  }

  private Replicas replicas(Session session, String service, boolean all) {
    Replicas replicas = Replicas.of(session, machine, service);
    return all ? replicas : replicas.withoutOneOffs();
  }

  private static Side.Inside inside(String destination) {
    if (Side.parse(destination) instanceof Side.Inside inside) {
      return inside;
    }
    throw new UsageException("unknown copy direction", "write SERVICE:PATH for one of the two");
  }

  private static void unlessDry(Session session, Container container, Runnable copy) {
    if (session.globals().dryRun()) {
      session.note("would copy: container " + container.name());
    } else {
      copy.run();
    }
  }

  @Command(
      name = "export",
      description = "Export a service container's filesystem as a tar archive",
      completionProvider = "services")
  @Usage("SERVICE")
  void export(
      Session session,
      @Option(description = "Index of the container if there are several") int index,
      ExportOptions options,
      @Argument(index = 0) String service) {
    Container container = Replicas.of(session, machine, service).one(index);
    unlessDry(
        session,
        container,
        () -> Exporting.export(session, machine.archives(), machine.images(), container, options));
  }

  @Command(
      name = "commit",
      description = "Create a new image from a service container's changes",
      completionProvider = "services")
  @Usage("SERVICE [REPOSITORY[:TAG]]")
  void commit(
      Session session,
      CommitOptions options,
      @Option(description = "Index of the container if there are several") int index,
      @Argument(index = 0) String service,
      @Argument(index = 1) @Nullable String image) {
    Container container = Replicas.of(session, machine, service).one(index);
    var commit = machine.committing().plan(container, options, image);
    if (session.globals().dryRun()) {
      session.note("would commit: container " + container.name());
    } else {
      session.println(commit.run());
    }
  }
}
