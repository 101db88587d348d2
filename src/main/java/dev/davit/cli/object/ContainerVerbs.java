package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.row.Times;
import dev.davit.cli.stack.Attaching;
import dev.davit.cli.stack.DetachKeys;
import dev.davit.cli.stack.Machine;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Containers;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// What can be done to containers that exist.
final class ContainerVerbs {
  private static final String GROUP = ContainerLists.GROUP;
  private static final String MANY = "CONTAINER [CONTAINER...]";

  private final Machine machine;
  private final Objects objects;

  ContainerVerbs(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  private int each(Session session, List<String> refs, Consumer<String> verb) {
    return Each.run(session, "container", refs, ref -> verb.accept(objects.container(ref).id()));
  }

  private Containers containers() {
    return machine.containers();
  }

  @Command(
      name = {"container", "start"},
      group = GROUP,
      description = "Start one or more stopped containers",
      completionProvider = "containers")
  @Usage(MANY)
  int start(
      Session session,
      @Option(
              shortName = 'a',
              description = "Show its output, pass signals on and return its exit code")
          boolean attach,
      @Option(shortName = 'i', description = "Attach its STDIN too") boolean interactive,
      @Option(description = "Override the key sequence for detaching a container")
          @Nullable String detachKeys,
      @Option(description = "Show its control sequences as they are") boolean raw,
      @Arguments List<String> containers) {
    if (!attach && !interactive) {
      return each(session, containers, containers()::start);
    }
    if (containers.size() != 1) {
      throw new UsageException("you cannot start and attach multiple containers at once", null);
    }
    Container container = objects.container(containers.getFirst());
    if (container.state().alive()) {
      throw new DavitException(
          Kind.WRONG_STATE,
          "container \"" + container.name() + "\" runs already",
          "'davit container attach' attaches to it");
    }
    boolean input = interactive && container.config().command().openStdin();
    var manner = new Attaching.Manner(input, true, DetachKeys.parse(detachKeys), raw);
    return session.globals().dryRun()
        ? 0
        : new Attaching(session, containers(), manner)
            .run(
                container,
                () -> {
                  containers().start(container.id());
                  return 0;
                });
  }

  @Command(
      name = {"container", "stop"},
      group = GROUP,
      description = "Stop one or more running containers",
      completionProvider = "containers")
  @Usage(MANY)
  int stop(
      Session session,
      @Option(shortName = 't', description = "Seconds between stop signal and SIGKILL")
          @Nullable Integer timeout,
      @Arguments List<String> containers) {
    Optional<Duration> grace = Times.seconds(timeout);
    return each(session, containers, id -> containers().stop(id, grace));
  }

  @Command(
      name = {"container", "restart"},
      group = GROUP,
      description = "Restart one or more containers",
      completionProvider = "containers")
  @Usage(MANY)
  int restart(
      Session session,
      @Option(shortName = 't', description = "Seconds between stop signal and SIGKILL")
          @Nullable Integer timeout,
      @Arguments List<String> containers) {
    Optional<Duration> grace = Times.seconds(timeout);
    return each(session, containers, id -> containers().restart(id, grace));
  }

  @Command(
      name = {"container", "kill"},
      group = GROUP,
      description = "Kill one or more running containers",
      completionProvider = "containers")
  @Usage(MANY)
  int kill(
      Session session,
      @Option(shortName = 's', defaultValue = "SIGKILL", description = "Signal to send")
          String signal,
      @Arguments List<String> containers) {
    return each(session, containers, id -> containers().kill(id, signal));
  }

  @Command(
      name = {"container", "pause"},
      group = GROUP,
      description = "Pause all processes within one or more containers",
      completionProvider = "containers")
  @Usage(MANY)
  int pause(Session session, @Arguments List<String> containers) {
    return each(session, containers, containers()::pause);
  }

  @Command(
      name = {"container", "unpause"},
      group = GROUP,
      description = "Unpause all processes within one or more containers",
      completionProvider = "containers")
  @Usage(MANY)
  int unpause(Session session, @Arguments List<String> containers) {
    return each(session, containers, containers()::unpause);
  }

  @Command(
      name = {"container", "rm"},
      alias = "container remove",
      group = GROUP,
      description = "Remove one or more containers",
      completionProvider = "containers")
  @Usage(MANY)
  int rm(
      Session session,
      @Option(shortName = 'f', description = "Force the removal of a running container")
          boolean force,
      @Option(shortName = 'v', description = "Remove anonymous volumes of the container too")
          boolean volumes,
      @Arguments List<String> containers) {
    return each(session, containers, id -> containers().remove(id, force, volumes));
  }

  @Command(
      name = {"container", "rename"},
      group = GROUP,
      description = "Rename a container",
      completionProvider = "containers")
  @Usage("CONTAINER NEW_NAME")
  void rename(
      Session session, @Argument(index = 0) String container, @Argument(index = 1) String name) {
    String id = objects.container(container).id();
    if (!session.globals().dryRun()) {
      containers().rename(id, name);
    }
  }

  @Command(
      name = {"container", "wait"},
      group = GROUP,
      description = "Block until one or more containers stop, then print their exit codes",
      completionProvider = "containers")
  @Usage(MANY)
  int await(Session session, @Arguments List<String> containers) {
    List<String> ids = containers.stream().map(ref -> objects.container(ref).id()).toList();
    var givenUp = new CompletableFuture<Integer>();
    session.onSignal(signal -> givenUp.complete(signal.exitCode()));
    for (String id : ids) {
      var ended = containers().waitFor(id, Containers.WaitCondition.NOT_RUNNING);
      CompletableFuture.anyOf(ended, givenUp).join();
      if (givenUp.isDone()) {
        ended.cancel(false);
        return givenUp.join();
      }
      session.println(Integer.toString(ended.join().state().exitCode()));
    }
    return 0;
  }

  @Command(
      name = {"container", "prune"},
      group = GROUP,
      description = "Remove all stopped containers")
  void prune(
      Session session,
      @Option(shortName = 'f', description = "Do not prompt for confirmation") boolean force,
      @Option(description = "Filter by label=KEY[=VALUE]") List<String> filter)
      throws java.io.IOException {
    Filters filters = Filters.parse(filter, java.util.Set.of("label"));
    Prompt.confirm(session, force, "This will remove all stopped containers.");
    List<Container> stopped =
        containers().list().stream()
            .filter(it -> !it.state().alive() && it.state().status() != Status.RESTARTING)
            .filter(it -> filters.labels(it.config().labels()))
            .toList();
    for (Container container : stopped) {
      if (!session.globals().dryRun()) {
        containers().remove(container.id(), false, false);
      }
      session.println(container.id());
    }
  }
}
