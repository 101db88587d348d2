package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.reconcile.OneOff;
import dev.davit.reconcile.Plan;
import dev.davit.reconcile.PlanOptions;
import dev.davit.reconcile.PullPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class RunCommand {
  private final Machine machine;

  RunCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(
      name = "run",
      description = "Run a one-off command on a service",
      completionProvider = "services")
  @Usage(value = "SERVICE [COMMAND] [ARGS...]", stopAtFirstArgument = true, endsAsProgram = true)
  int run(
      Session session,
      @Option(shortName = 'd', description = "Run in the background and print the id")
          boolean detach,
      @Option(shortName = 'e', description = "Set environment variables") List<String> env,
      @Option(description = "Set environment variables from a file") List<String> envFromFile,
      @Option(shortName = 'l', description = "Add labels") List<String> label,
      @Option(longName = "rm", description = "Remove the container when it has ended")
          boolean remove,
      @Option(shortName = 'T', longName = "no-tty", description = "Disable pseudo-TTY allocation")
          boolean noTty,
      @Option(shortName = 't', description = "Allocate a pseudo-TTY") boolean tty,
      @Option(
              shortName = 'i',
              defaultValue = "true",
              description = "Keep STDIN open even if not attached")
          boolean interactive,
      @Option(description = "Name of the container") @Nullable String name,
      @Option(shortName = 'u', description = "Run as this user") @Nullable String user,
      @Option(shortName = 'w', description = "Working directory") @Nullable String workdir,
      @Option(description = "Override the entrypoint") @Nullable String entrypoint,
      @Option(description = "Add Linux capabilities") List<String> capAdd,
      @Option(description = "Drop Linux capabilities") List<String> capDrop,
      @Option(longName = "no-deps", description = "Don't start linked services") boolean noDeps,
      @Option(shortName = 'v', description = "Mount a volume or a directory") List<String> volume,
      @Option(shortName = 'p', description = "Publish a port") List<String> publish,
      @Option(description = "Be found by the names of the service") boolean useAliases,
      @Option(shortName = 'P', description = "Publish the ports of the service")
          boolean servicePorts,
      @Option(description = "Build images first") boolean build,
      @Option(description = "Pull images first (always|missing|never|policy)")
          @Nullable String pull,
      @Option(longName = "quiet-pull", description = "Pull without progress") boolean quietPull,
      @Option(longName = "quiet-build", description = "Build without progress") boolean quietBuild,
      @Option(shortName = 'q', description = "Don't print progress") boolean quiet,
      @Option(description = "Remove containers for services not in the Compose file")
          boolean removeOrphans,
      @Argument(index = 0) String service,
      @Arguments List<String> command) {
    Conflicts.refuse(
        servicePorts && !publish.isEmpty(), "--service-ports and --publish are incompatible");
    Conflicts.refuse(tty && noTty, "--tty and --no-tty can't be used together");
    Project model = Stack.confirmedToRun(session, List.of(service), false);
    Optional<PullPolicy> policy = Conflicts.images(model, build, pull);
    var manner = new Converging.Manner(false, quietPull || quiet);
    Conflicts.refuse(
        Objects.requireNonNull(model.services().get(service)).provider().isPresent(),
        "service \"" + service + "\" is a provider, and has no container to run a command in");
    var staged =
        new Staged(
            session, machine, converging -> converging.options(removeOrphans).pull(policy), manner);
    Project project = staged.provide(model, List.of(service), !noDeps).project();
    Service of = Objects.requireNonNull(project.services().get(service));
    boolean terminal =
        !detach && !noTty && (tty || session.ttys().stdin()) && session.ttys().stdout();
    var words = new RunWords(session, project, of);
    OneOff oneOff =
        words.oneOff(
            new RunWords.Given(
                env,
                envFromFile,
                label,
                Optional.ofNullable(name),
                Optional.ofNullable(entrypoint),
                command,
                Optional.ofNullable(user),
                Optional.ofNullable(workdir),
                capAdd,
                capDrop,
                volume,
                publish,
                servicePorts,
                useAliases,
                terminal || (detach && tty),
                interactive || of.command().stdinOpen(),
                remove));
    var converging = new Converging(session, machine, project, manner);
    PlanOptions.Builder options =
        converging
            .options(removeOrphans)
            .pull(policy)
            .services(noDeps ? List.of() : dependencies(of))
            .withDependencies(!noDeps)
            .oneOff(oneOff);
    Plan plan = converging.plan(options);
    var run = new OneOffRun(session, machine, project, oneOff);
    return run.run(plan, new OneOffRun.Manner(detach, interactive, quiet));
  }

  private static List<String> dependencies(Service service) {
    return List.copyOf(service.dependsOn().keySet());
  }
}
