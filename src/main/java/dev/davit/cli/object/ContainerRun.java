package dev.davit.cli.object;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.stack.Attaching;
import dev.davit.cli.stack.DetachKeys;
import dev.davit.cli.stack.Machine;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerConfig;
import dev.davit.reconcile.Cancellation;
import dev.davit.reconcile.ImageTransfers;
import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Report;
import dev.davit.reconcile.Subject;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

/// Containers of no stack: `create`, `run`, `attach`.
final class ContainerRun {
  private static final String GROUP = ContainerLists.GROUP;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Machine machine;
  private final Objects objects;

  ContainerRun(Machine machine) {
    this.machine = machine;
    this.objects = new Objects(machine);
  }

  @Command(
      name = {"container", "create"},
      group = GROUP,
      description = "Create a new container")
  @Usage(value = "IMAGE [COMMAND] [ARG...]", stopAtFirstArgument = true)
  void create(
      Session session,
      RunOptions options,
      @Argument(index = 0) String image,
      @Arguments List<String> command) {
    ContainerConfig config = config(session, options, image, command);
    if (!session.globals().dryRun()) {
      session.println(create(config).id());
    }
  }

  @Command(
      name = {"container", "run"},
      group = GROUP,
      description = "Create and run a new container from an image")
  @Usage(
      value = "IMAGE [COMMAND] [ARG...]",
      stopAtFirstArgument = true,
      endsAsProgram = true,
      failure = 125)
  int run(
      Session session,
      RunOptions options,
      @Option(shortName = 'd', description = "Run container in background and print container id")
          boolean detach,
      @Option(description = "Override the key sequence for detaching a container")
          @Nullable String detachKeys,
      @Option(defaultValue = "true", description = "Proxy received signals to the process")
          boolean sigProxy,
      @Argument(index = 0) String image,
      @Arguments List<String> command) {
    DetachKeys keys = DetachKeys.parse(detachKeys);
    ContainerConfig config = config(session, options, image, command);
    if (session.globals().dryRun()) {
      return 0;
    }
    Container container = create(config);
    if (detach) {
      machine.containers().start(container.id());
      session.println(container.id());
      return 0;
    }
    var manner = new Attaching.Manner(options.interactive(), sigProxy, keys, true);
    return new Attaching(session, machine.containers(), manner)
        .run(container, () -> start(container));
  }

  private int start(Container container) {
    machine.containers().start(container.id());
    return 0;
  }

  private Container create(ContainerConfig config) {
    var subject = new Subject(Subject.Kind.CONTAINER, config.name(), config.name());
    var operation = new Operation.CreateContainer(subject, config, "asked for");
    var _ = machine.operations(ImageTransfers.NONE).run(operation, new Cancellation(), Report.NONE);
    return machine.containers().get(config.name());
  }

  private ContainerConfig config(
      Session session, RunOptions options, String image, List<String> command) {
    if (options.remove() && options.restart() != null && !options.restart().equals("no")) {
      throw new UsageException("--restart and --rm can't be used together", null);
    }
    String name = Optional.ofNullable(options.name()).orElseGet(ContainerRun::anyName);
    Map<String, Object> model = OneService.of(name, image, command, options, session.cwd());
    ContainerConfig config = new Modelled(session, machine).pulled(name, model, options.quiet());
    return config.withStop(config.stop().withRemoved(options.remove()));
  }

  private static String anyName() {
    byte[] bytes = new byte[4];
    RANDOM.nextBytes(bytes);
    return "container-" + HexFormat.of().formatHex(bytes);
  }

  @Command(
      name = {"container", "attach"},
      group = GROUP,
      description = "Attach local standard input, output, and error streams to a container",
      completionProvider = "containers")
  @Usage("CONTAINER")
  int attach(
      Session session,
      @Option(description = "Override the key sequence for detaching a container")
          @Nullable String detachKeys,
      @Option(longName = "no-stdin", description = "Do not attach STDIN") boolean noStdin,
      @Option(defaultValue = "true", description = "Proxy all received signals to the process")
          boolean sigProxy,
      @Option(description = "Show its control sequences as they are") boolean raw,
      @Argument(index = 0) String container) {
    Container found = objects.container(container);
    boolean input = !noStdin && found.config().command().openStdin();
    var manner = new Attaching.Manner(input, sigProxy, DetachKeys.parse(detachKeys), raw);
    return new Attaching(session, machine.containers(), manner).run(found);
  }
}
