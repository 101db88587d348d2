package dev.davit.cli;

import dev.davit.cli.Offer.Paths;
import dev.davit.cli.Offer.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.shell.core.command.CommandOption;

/// Finds what can stand at a place of a command line: commands, options, their values, and by
/// [Completions] the names that a command takes. Nothing that stands before it is an error here.
final class Completing {
  private static final CommandOption HELP = Options.flag("help", "Show the help of this command");

  private final Catalogue catalogue;
  private final OptionValues values;

  Completing(Catalogue catalogue) {
    this.catalogue = catalogue;
    this.values = new OptionValues(catalogue);
  }

  /// What begins with `word` and can stand behind the words `before`; the options among these hold
  /// for the session from now on.
  Offer at(List<String> before, String word, Session session) {
    int start = 0;
    var globals = new OptionScanner(before, GlobalOptions.SPECIFICATION);
    try {
      while (start < before.size() && OptionScanner.isOption(before.get(start))) {
        start = globals.scan(start);
      }
      session.use(before, session.globals().with(globals.given()));
      List<String> rest = before.subList(start, before.size());
      return matching(new Behind(rest, catalogue.match(rest), session).offer(word), word);
    } catch (UsageException unfinished) {
      return matching(valueAtEnd(before, start, session), word);
    }
  }

  /// `davit --progress ` wants the value of an option that stands before the command.
  private Offer valueAtEnd(List<String> before, int start, Session session) {
    return start == before.size() - 1
        ? wanting(GlobalOptions.SPECIFICATION, before.getLast())
            .map(option -> values.of(option, session))
            .orElse(Offer.NOTHING)
        : Offer.NOTHING;
  }

  private static Offer matching(Offer offer, String word) {
    return new Offer(
        offer.words().stream().filter(found -> found.value().startsWith(word)).toList(),
        offer.paths());
  }

  /// The option that `word` leaves without its value.
  private static Optional<CommandOption> wanting(List<CommandOption> options, String word) {
    if (!OptionScanner.isOption(word) || word.indexOf('=') >= 0 || word.equals("--")) {
      return Optional.empty();
    }
    return (word.startsWith("--")
            ? Options.find(options, word.substring(2))
            : Options.find(options, word.charAt(word.length() - 1)))
        .filter(option -> !Options.isFlag(option));
  }

  /// A place behind the words that name a command or a part of one.
  private final class Behind {
    private final Catalogue.Match match;
    private final List<String> words;
    private final List<CommandOption> options;
    private final Session session;
    private final List<String> arguments = new ArrayList<>();
    private boolean onlyArguments;
    private Optional<CommandOption> open = Optional.empty();

    Behind(List<String> words, Catalogue.Match match, Session session) {
      this.match = match;
      this.words = words.subList(match.words(), words.size());
      this.session = session;
      MethodCommand command = match.command();
      this.options = command == null ? List.of() : command.getOptions();
      if (command != null) {
        read(command);
      }
    }

    private void read(MethodCommand command) {
      var scanner = new OptionScanner(words, options);
      int index = 0;
      while (index < words.size()) {
        String word = words.get(index);
        if (onlyArguments || !OptionScanner.isOption(word)) {
          arguments.add(word);
          onlyArguments |= command.stopsAtFirstArgument();
          index++;
        } else if (word.equals("--")) {
          onlyArguments = true;
          index++;
        } else {
          index = scan(scanner, index);
        }
      }
    }

    private int scan(OptionScanner scanner, int index) {
      try {
        return scanner.scan(index);
      } catch (UsageException unknown) {
        open = index == words.size() - 1 ? wanting(options, words.get(index)) : Optional.empty();
        return index + 1;
      }
    }

    Offer offer(String word) {
      if (open.isPresent()) {
        return values.of(open.get(), session);
      } else if (word.startsWith("-") && !onlyArguments) {
        return option(word);
      }
      var found = new ArrayList<Word>();
      Paths paths = Paths.NONE;
      if (words.isEmpty()) {
        catalogue.nextWords(match.name()).forEach(next -> found.add(command(next)));
      }
      MethodCommand command = match.command();
      if (command != null) {
        found.addAll(Offer.of(command.completions().names(session, arguments)).words());
        boolean path = command.completions().takesPath(arguments) && word.indexOf(':') < 0;
        paths = path ? Paths.FILES : Paths.NONE;
      }
      return new Offer(found, paths);
    }

    private Offer option(String word) {
      List<CommandOption> fit = match.words() == 0 ? GlobalOptions.SPECIFICATION : options;
      int equals = word.indexOf('=');
      if (equals >= 0) {
        return wanting(fit, word.substring(0, equals))
            .map(option -> values.of(option, session).behind(word.substring(0, equals + 1)))
            .orElse(Offer.NOTHING);
      }
      var found = new ArrayList<Word>();
      for (CommandOption option : fit) {
        if (option.type() == List.class || !words.contains("--" + option.longName())) {
          found.add(word(option));
        }
      }
      found.add(word(HELP));
      return new Offer(found, Paths.NONE);
    }

    private static Word word(CommandOption option) {
      return new Word(
          "--" + option.longName(), Objects.requireNonNullElse(option.description(), ""));
    }

    private Word command(String next) {
      String name = match.name().isEmpty() ? next : match.name() + " " + next;
      return new Word(next, catalogue.description(name));
    }
  }
}
