package dev.davit.cli.stack;

import dev.davit.cli.Completions;
import dev.davit.cli.Session;
import dev.davit.error.DavitException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The commands on a project, for the catalogue.
public final class StackCommands {
  private StackCommands() {}

  public static List<Object> of(Machine machine) {
    return List.of(
        new UpCommand(machine),
        new DownCommand(machine),
        new PsCommand(machine),
        new LogsCommand(machine),
        new ExecCommand(machine),
        new StopCommand(machine),
        new StartCommand(machine),
        new RestartCommand(machine),
        new KillCommand(machine),
        new PauseCommand(machine),
        new UnpauseCommand(machine),
        new ConfigCommand(),
        new PlanCommand(machine),
        new ExplainCommand(machine),
        new LsCommand(machine),
        new Listings(machine),
        new WatchCommands(machine),
        new WatchCommand(machine),
        new CopyCommands(machine),
        new AttachCommand(machine),
        new CreateCommand(machine),
        new ScaleCommand(machine),
        new RmCommand(machine),
        new RunCommand(machine),
        new WaitCommand(machine));
  }

  /// What Tab offers: `services`, those of the model and those that have containers.
  public static Map<String, Completions> completions(Machine machine) {
    return Map.of("services", session -> services(session, machine));
  }

  private static List<String> services(Session session, Machine machine) {
    try {
      Stack stack = Stack.find(session, List.of());
      var names = new TreeSet<>(stack.observe(machine.observer()).services());
      stack.project().ifPresent(project -> names.addAll(project.services().keySet()));
      return List.copyOf(names);
    } catch (DavitException nothingToOffer) {
      return List.of();
    }
  }
}
