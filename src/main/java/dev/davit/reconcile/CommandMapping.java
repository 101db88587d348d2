package dev.davit.reconcile;

import dev.davit.compose.Command;
import dev.davit.engine.ContainerConfig;
import java.util.ArrayList;

/// `command`, `entrypoint`, `environment`, `user`, `working_dir`, `init`, `tty`, `stdin_open`.
final class CommandMapping {
  private CommandMapping() {}

  static ContainerConfig.Command of(Command command) {
    var env = new ArrayList<String>();
    command.environment().forEach((name, value) -> env.add(name + "=" + value));
    command.unset().stream().sorted().forEach(env::add);
    return new ContainerConfig.Command(
        command.entrypoint(),
        command.arguments(),
        env,
        command.user(),
        command.groups(),
        command.workingDir(),
        command.tty(),
        command.stdinOpen(),
        command.init());
  }
}
