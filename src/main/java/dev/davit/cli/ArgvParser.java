package dev.davit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.ParsedInput;

/// The grammar of docker compose's command line: global options, command words, then options and
/// arguments in any order. It works on whole words and on the options' types, where Spring Shell's
/// own parser splits one string; what it makes is Spring Shell's [ParsedInput].
final class ArgvParser {
  private final Catalogue catalogue;

  ArgvParser(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// Reads `argv`, the words after `davit`; throws [UsageException].
  Parsed parse(List<String> argv) {
    var globals = new OptionScanner(argv, GlobalOptions.SPECIFICATION);
    int index = 0;
    while (index < argv.size() && OptionScanner.isOption(argv.get(index))) {
      switch (argv.get(index)) {
        case "-h", "--help" -> {
          return new Parsed.Help("");
        }
        case "-v", "--version" -> {
          return parse(List.of("version"));
        }
        case "-c" -> {
          return shell(argv.subList(index, argv.size()), globals.given());
        }
        default -> index = globals.scan(index);
      }
    }
    Catalogue.Match match = catalogue.match(argv.subList(index, argv.size()));
    List<String> rest = argv.subList(index + match.words(), argv.size());
    if (match.name().equals("help")) {
      return help(rest);
    }
    MethodCommand command = match.command();
    if (command == null) {
      return withoutCommand(match.name(), rest);
    }
    try {
      return parseCommand(command, rest, globals.given());
    } catch (UsageException e) {
      throw e.of(command);
    }
  }

  /// `davit -c COMMANDS` is `davit shell -c COMMANDS`.
  private Parsed shell(List<String> words, List<CommandOption> globals) {
    MethodCommand shell = Objects.requireNonNull(catalogue.match(List.of("shell")).command());
    try {
      return parseCommand(shell, words, globals);
    } catch (UsageException e) {
      throw e.of(shell);
    }
  }

  private Parsed help(List<String> topic) {
    Catalogue.Match match = catalogue.match(topic);
    if (match.words() < topic.size() && !topic.get(match.words()).startsWith("-")) {
      throw catalogue.unknown(match.name(), topic.get(match.words()));
    }
    return new Parsed.Help(match.name());
  }

  /// A group's name alone, or a word that is no command.
  private Parsed withoutCommand(String group, List<String> rest) {
    if (rest.isEmpty() || rest.getFirst().equals("--help") || rest.getFirst().equals("-h")) {
      return new Parsed.Help(group);
    }
    throw catalogue.unknown(group, rest.getFirst());
  }

  private static Parsed parseCommand(
      MethodCommand command, List<String> rest, List<CommandOption> globals) {
    var options = new OptionScanner(rest, command.getOptions());
    var arguments = new ArrayList<String>();
    int index = 0;
    while (index < rest.size()) {
      String word = rest.get(index);
      if (word.equals("--")) {
        arguments.addAll(rest.subList(index + 1, rest.size()));
        break;
      } else if (asksForHelp(word, command)) {
        return new Parsed.Help(command.getName());
      } else if (OptionScanner.isOption(word)) {
        index = options.scan(index);
      } else if (command.stopsAtFirstArgument()) {
        arguments.addAll(afterFirst(rest.subList(index, rest.size())));
        break;
      } else {
        arguments.add(word);
        index++;
      }
    }
    return new Parsed.Run(command, input(command, options.given(), arguments), globals);
  }

  private static boolean asksForHelp(String word, MethodCommand command) {
    return word.equals("--help")
        || (word.equals("-h") && Options.find(command.getOptions(), 'h').isEmpty());
  }

  /// `exec web -- ls` is `exec web ls`.
  private static List<String> afterFirst(List<String> arguments) {
    if (arguments.size() < 2 || !arguments.get(1).equals("--")) {
      return arguments;
    }
    var without = new ArrayList<>(arguments);
    without.remove(1);
    return without;
  }

  private static ParsedInput input(
      MethodCommand command, List<CommandOption> options, List<String> words) {
    List<String> name = command.words();
    var arguments = new ArrayList<CommandArgument>();
    for (String word : words) {
      arguments.add(new CommandArgument(arguments.size(), word));
    }
    return new ParsedInput(name.getFirst(), name.subList(1, name.size()), options, arguments);
  }
}
