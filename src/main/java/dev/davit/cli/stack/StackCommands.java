package dev.davit.cli.stack;

import dev.davit.cli.Completions;
import dev.davit.cli.Surroundings;
import java.util.List;
import java.util.Map;

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
        new PullCommand(machine),
        new PushCommand(machine),
        new PublishCommand(machine),
        new DoctorCommand(machine),
        new WaitCommand(machine));
  }

  /// What the interactive shell shows of projects.
  public static Surroundings surroundings(Machine machine) {
    return new ShellSurroundings(machine);
  }

  /// What Tab offers.
  public static Map<String, Completions> completions(Machine machine) {
    return new StackNames(machine).completions();
  }
}
