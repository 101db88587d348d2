package dev.davit.cli;

import java.util.List;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/// What a command line asks for.
sealed interface Parsed {
  /// Run `command` with `input`; `globals` are the options before it.
  record Run(MethodCommand command, ParsedInput input, List<CommandOption> globals)
      implements Parsed {}

  /// Print the help of `topic`: a command, a group such as `engine`, or nothing for the overview.
  record Help(String topic) implements Parsed {}
}
