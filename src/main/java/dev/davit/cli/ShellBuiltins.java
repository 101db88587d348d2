package dev.davit.cli;

import dev.davit.error.Code;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.springframework.shell.core.command.CommandOption;

/// The commands that change the shell itself.
final class ShellBuiltins {
  static final List<String> NAMES = List.of("cd", "exit", "quit", "use");

  private final ShellState state;
  private OptionalInt exit = OptionalInt.empty();

  ShellBuiltins(ShellState state) {
    this.state = state;
  }

  static boolean knows(String word) {
    return NAMES.contains(word);
  }

  /// The exit code that `exit` was given, once it was.
  OptionalInt exit() {
    return exit;
  }

  /// Runs it and returns its exit code.
  ///
  /// @param last the exit code of the command before
  int run(List<String> words, Session session, int last) {
    List<String> arguments = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "cd" -> cd(arguments, session);
      case "use" -> use(arguments);
      default -> exit(arguments, last);
    };
  }

  private int exit(List<String> arguments, int last) {
    atMost(1, arguments);
    int code = arguments.isEmpty() ? last : Values.integer("CODE", arguments.getFirst()) & 0xff;
    exit = OptionalInt.of(code);
    return code;
  }

  private int cd(List<String> arguments, Session session) {
    atMost(1, arguments);
    String home = session.env("HOME").orElse("/");
    String word = arguments.isEmpty() ? "~" : arguments.getFirst();
    String name = word.equals("~") || word.startsWith("~/") ? home + word.substring(1) : word;
    Path directory = state.cwd().resolve(name).normalize();
    if (!Files.isDirectory(directory)) {
      throw new DavitException(
          Files.exists(directory) ? Kind.INVALID : Kind.NOT_FOUND,
          "\"%s\" is no directory".formatted(directory));
    }
    state.enter(directory);
    return 0;
  }

  /// `use` alone goes back to what the shell was started with; `use NAME` is `use -p NAME`.
  private int use(List<String> arguments) {
    var scanner = new OptionScanner(arguments, GlobalOptions.SPECIFICATION);
    var names = new ArrayList<String>();
    int index = 0;
    while (index < arguments.size()) {
      if (OptionScanner.isOption(arguments.get(index))) {
        index = scanner.scan(index);
      } else {
        names.add(arguments.get(index++));
      }
    }
    atMost(1, names);
    List<CommandOption> given = new ArrayList<>(scanner.given());
    names.forEach(
        name ->
            given.add(
                Options.given(
                    Options.find(GlobalOptions.SPECIFICATION, "project-name").orElseThrow(),
                    name)));
    state.reset();
    state.use(state.globals().with(given));
    return 0;
  }

  private static void atMost(int count, List<String> arguments) {
    if (arguments.size() > count) {
      String word = arguments.get(count);
      throw new UsageException(Code.USAGE, "argument \"" + word + "\" is one too many", null, word);
    }
  }
}
