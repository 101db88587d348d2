package dev.davit.cli;

import java.util.List;
import java.util.Optional;
import org.springframework.shell.core.command.CommandOption;

/// Spring Shell's [CommandOption] both as a specification (no value) and as given on a command line
/// (with its value).
final class Options {
  /// The short name of an option that has none.
  static final char NO_SHORT_NAME = ' ';

  private Options() {}

  static CommandOption of(char shortName, String name, Class<?> type, String description) {
    return new CommandOption(shortName, name, description, false, "", "", type);
  }

  static CommandOption of(String name, Class<?> type, String description) {
    return of(NO_SHORT_NAME, name, type, description);
  }

  static CommandOption flag(String name, String description) {
    return of(name, boolean.class, description);
  }

  static CommandOption withDefault(CommandOption option, String value) {
    return new CommandOption(
        option.shortName(),
        option.longName(),
        option.description(),
        option.required(),
        value,
        "",
        option.type());
  }

  /// The option as given on a command line.
  static CommandOption given(CommandOption option, String value) {
    return new CommandOption(
        option.shortName(),
        option.longName(),
        option.description(),
        option.required(),
        option.defaultValue(),
        value,
        option.type());
  }

  static boolean isFlag(CommandOption option) {
    return option.type() == boolean.class || option.type() == Boolean.class;
  }

  static Optional<CommandOption> find(List<CommandOption> options, String name) {
    return options.stream().filter(option -> name.equals(option.longName())).findFirst();
  }

  static Optional<CommandOption> find(List<CommandOption> options, char shortName) {
    return options.stream()
        .filter(option -> option.shortName() == shortName && shortName != NO_SHORT_NAME)
        .findFirst();
  }

  /// The values given for the option `name`, in order.
  static List<String> values(List<CommandOption> given, String name) {
    return given.stream()
        .filter(option -> name.equals(option.longName()))
        .map(CommandOption::value)
        .toList();
  }
}
