package dev.davit.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandOption;

/// Help as docker compose lays it out: usage, one sentence, options, commands by group.
final class HelpText {
  private static final String DEFAULT_GROUP = "Commands";

  private final Catalogue catalogue;

  HelpText(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// The help of a command, of a group such as `engine`, or, for an empty `topic`, the overview.
  String of(String topic) {
    return catalogue
        .find(topic)
        .map(this::command)
        .orElseGet(() -> topic.isEmpty() ? overview() : group(topic));
  }

  private String overview() {
    var text = new StringBuilder("Usage:  davit [OPTIONS] COMMAND\n\n");
    text.append("Runs Compose stacks on Linux without Docker\n");
    appendOptions(text, GlobalOptions.SPECIFICATION);
    byGroup().forEach((name, commands) -> appendCommands(text, name, commands));
    return text.append("\nRun 'davit COMMAND --help' for more information on a command.\n")
        .toString();
  }

  private String group(String name) {
    var text = new StringBuilder("Usage:  davit " + name + " COMMAND\n");
    List<MethodCommand> members =
        catalogue.commands().stream()
            .filter(command -> command.getName().startsWith(name + " ") && !command.isHidden())
            .toList();
    appendCommands(text, DEFAULT_GROUP, members);
    return text.append(
            "\nRun 'davit " + name + " COMMAND --help' for more information on a command.\n")
        .toString();
  }

  private String command(MethodCommand command) {
    var text = new StringBuilder("Usage:  davit " + command.getName());
    if (!command.getOptions().isEmpty()) {
      text.append(" [OPTIONS]");
    }
    if (!command.usage().isEmpty()) {
      text.append(' ').append(command.usage());
    }
    text.append("\n\n").append(command.getDescription()).append('\n');
    if (!command.getAliases().isEmpty()) {
      text.append("\nAliases:\n  davit " + command.getName());
      command.getAliases().forEach(alias -> text.append(", davit ").append(alias));
      text.append('\n');
    }
    appendOptions(text, command.getOptions());
    if (!command.getHelp().isEmpty()) {
      text.append('\n').append(command.getHelp().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private Map<String, List<MethodCommand>> byGroup() {
    var groups = new LinkedHashMap<String, List<MethodCommand>>();
    groups.put(DEFAULT_GROUP, new ArrayList<>());
    for (MethodCommand command : catalogue.commands()) {
      if (!command.isHidden()) {
        String group = command.getGroup().isEmpty() ? DEFAULT_GROUP : command.getGroup();
        groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(command);
      }
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  private static void appendCommands(
      StringBuilder text, String title, List<MethodCommand> commands) {
    int width = commands.stream().mapToInt(command -> command.getName().length()).max().orElse(0);
    text.append('\n').append(title).append(":\n");
    for (MethodCommand command : commands) {
      text.append("  ")
          .append(padded(command.getName(), width + 2))
          .append(command.getDescription())
          .append('\n');
    }
  }

  private static void appendOptions(StringBuilder text, List<CommandOption> options) {
    if (options.isEmpty()) {
      return;
    }
    int width = options.stream().mapToInt(option -> named(option).length()).max().orElse(0);
    text.append("\nOptions:\n");
    options.stream()
        .sorted(java.util.Comparator.comparing(CommandOption::longName))
        .forEach(
            option ->
                text.append(padded(named(option), width + 3))
                    .append(option.description())
                    .append(defaultOf(option))
                    .append('\n'));
  }

  private static String named(CommandOption option) {
    String start =
        option.shortName() == Options.NO_SHORT_NAME
            ? "      --"
            : "  -" + option.shortName() + ", --";
    return start + option.longName() + placeholder(option.type());
  }

  private static String placeholder(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "";
    } else if (type == List.class) {
      return " stringArray";
    }
    return type == String.class || type.isEnum() ? " string" : " int";
  }

  private static String defaultOf(CommandOption option) {
    String value = option.defaultValue();
    if (value == null || value.isEmpty() || value.equals("false")) {
      return "";
    }
    return option.type() == String.class
        ? " (default \"" + value + "\")"
        : " (default " + value + ")";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
