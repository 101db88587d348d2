package dev.davit.cli;

import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.shell.core.command.CommandOption;

/// Reads options in the forms of docker's command line (pflag): `--x v`, `--x=v`, `--flag`,
/// `--flag=false`, `--no-flag`, `-x v`, `-xv`, `-x=v` and clusters such as `-it`.
final class OptionScanner {
  // As docker compose takes them too.
  private static final Map<String, String> OTHER_SPELLINGS =
      Map.of("no-TTY", "no-tty", "volume", "volumes", "y", "yes");

  private final List<String> argv;
  private final List<CommandOption> specification;
  private final List<CommandOption> given = new ArrayList<>();

  OptionScanner(List<String> argv, List<CommandOption> specification) {
    this.argv = argv;
    this.specification = specification;
  }

  List<CommandOption> given() {
    return given;
  }

  static boolean isOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-';
  }

  /// Reads the option at `index`, and its value. Returns the index behind them.
  int scan(int index) {
    String word = argv.get(index);
    return word.startsWith("--") ? scanLong(word, index) : scanCluster(word, index);
  }

  private int scanLong(String word, int index) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
    Optional<CommandOption> found =
        Options.find(specification, name)
            .or(
                () ->
                    Optional.ofNullable(OTHER_SPELLINGS.get(name))
                        .flatMap(it -> Options.find(specification, it)));
    if (found.isEmpty()) {
      return negated(name, equals < 0, index);
    }
    CommandOption option = found.get();
    if (equals >= 0) {
      return give(option, word.substring(equals + 1), index + 1);
    }
    return Options.isFlag(option)
        ? give(option, "true", index + 1)
        : give(option, following(index, "--" + name), index + 2);
  }

  private int negated(String name, boolean withoutValue, int index) {
    Optional<CommandOption> flag =
        name.startsWith("no-")
            ? Options.find(specification, name.substring(3)).filter(Options::isFlag)
            : Optional.empty();
    if (flag.isEmpty()) {
      throw unknown(name);
    }
    if (!withoutValue) {
      throw new UsageException(
          Code.USAGE, "option \"--" + name + "\" takes no value", null, "--" + name);
    }
    return give(flag.get(), "false", index + 1);
  }

  private int scanCluster(String word, int index) {
    for (int at = 1; at < word.length(); at++) {
      char letter = word.charAt(at);
      CommandOption option =
          Options.find(specification, letter).orElseThrow(() -> unknown(letter, word));
      String rest = word.substring(at + 1);
      if (!Options.isFlag(option)) {
        return rest.isEmpty()
            ? give(option, following(index, "-" + letter), index + 2)
            : give(option, withoutEquals(rest), index + 1);
      }
      if (rest.startsWith("=")) {
        return give(option, rest.substring(1), index + 1);
      }
      give(option, "true", index + 1);
    }
    return index + 1;
  }

  private int give(CommandOption option, String value, int next) {
    given.add(Options.given(option, value));
    return next;
  }

  private String following(int index, String shown) {
    if (index + 1 >= argv.size()) {
      throw new UsageException(
          Code.USAGE, "option \"" + shown + "\" needs a value", null, argv.get(index));
    }
    return argv.get(index + 1);
  }

  private static String withoutEquals(String rest) {
    return rest.startsWith("=") ? rest.substring(1) : rest;
  }

  private UsageException unknown(String name) {
    List<String> names = specification.stream().map(CommandOption::longName).toList();
    return new UsageException(
        Code.UNKNOWN_OPTION,
        "unknown option \"--" + name + "\"",
        Suggestion.nearest(name, names)
            .map(near -> "did you mean \"--" + near + "\"?")
            .orElse(null),
        "--" + name);
  }

  private static UsageException unknown(char letter, String word) {
    String where = word.length() == 2 ? "" : " in \"" + word + "\"";
    return new UsageException(
        Code.UNKNOWN_OPTION, "unknown option \"-" + letter + "\"" + where, null, word);
  }
}
