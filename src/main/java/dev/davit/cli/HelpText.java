package dev.davit.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.shell.core.command.CommandOption;

/// Help as docker compose lays it out: usage, one sentence, options, commands by group. What does
/// not fit into a line goes on below its own column.
final class HelpText {
  /// Narrower columns of text are not read with pleasure.
  private static final int NARROWEST = 24;

  private final Catalogue catalogue;
  private final int width;

  /// @param width of the window in columns
  HelpText(Catalogue catalogue, int width) {
    this.catalogue = catalogue;
    this.width = width;
  }

  HelpText(Catalogue catalogue) {
    this(catalogue, Size.USUAL.columns());
  }

  /// The help of a command, of a group such as `engine`, or, for an empty `topic`, the overview.
  String of(String topic) {
    return catalogue
        .find(topic)
        .map(this::command)
        .orElseGet(() -> topic.isEmpty() ? overview() : group(topic));
  }

  /// A name and what it is.
  private record Entry(String name, String description) {}

  private String overview() {
    var text = new StringBuilder("Usage:  davit [OPTIONS] COMMAND\n\n");
    text.append("Runs Compose stacks on Linux without Docker\n");
    appendOptions(text, GlobalOptions.SPECIFICATION);
    append(
        text,
        "Management Commands",
        catalogue.groups().stream()
            .map(name -> new Entry(name, catalogue.description(name)))
            .toList());
    append(
        text,
        "Commands",
        catalogue.commands().stream()
            .filter(command -> command.words().size() == 1 && !command.isHidden())
            .map(command -> new Entry(command.getName(), command.getDescription()))
            .toList());
    return text.append("\nRun 'davit COMMAND --help' for more information on a command.\n")
        .toString();
  }

  private String group(String name) {
    var text = new StringBuilder("Usage:  davit " + name + " COMMAND\n");
    String description = catalogue.description(name);
    text.append(description.isEmpty() ? "" : "\n" + description + "\n");
    String prefix = name + " ";
    append(
        text,
        "Commands",
        catalogue.commands().stream()
            .filter(command -> command.getName().startsWith(prefix) && !command.isHidden())
            .map(
                command ->
                    new Entry(
                        command.getName().substring(prefix.length()), command.getDescription()))
            .toList());
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
    text.append("\n\n").append(wrapped(command.getDescription(), 0)).append('\n');
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

  private void append(StringBuilder text, String title, List<Entry> entries) {
    if (!entries.isEmpty()) {
      int column = 4 + entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
      text.append('\n').append(title).append(":\n");
      entries.forEach(entry -> append(text, "  " + entry.name(), column, entry.description()));
    }
  }

  private void appendOptions(StringBuilder text, List<CommandOption> options) {
    if (!options.isEmpty()) {
      int column = 3 + options.stream().mapToInt(option -> named(option).length()).max().orElse(0);
      text.append("\nOptions:\n");
      options.stream()
          .sorted(Comparator.comparing(CommandOption::longName))
          .forEach(
              option ->
                  append(text, named(option), column, option.description() + defaultOf(option)));
    }
  }

  private void append(StringBuilder text, String name, int column, String description) {
    String line = name + " ".repeat(column - name.length()) + wrapped(description, column);
    text.append(line.stripTrailing()).append('\n');
  }

  private String wrapped(String description, int column) {
    return String.join("\n" + " ".repeat(column), lines(description, width - column));
  }

  private static List<String> lines(String description, int room) {
    if (room < NARROWEST) {
      return List.of(description);
    }
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : description.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
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
}
