package dev.davit.cli;

import dev.davit.error.Code;
import dev.davit.error.Explanation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;

/// What the code of an error or warning means, with an example that gives it and its repair.
public final class ExplainErrorCommand {

  @Command(
      name = "explain-error",
      description = "Explain the codes of errors and warnings, or list them all",
      completionProvider = "codes")
  @Usage("[CODE...]")
  void explain(Session session, @Arguments List<String> codes) {
    session.print(
        codes.isEmpty()
            ? list()
            : codes.stream().map(ExplainErrorCommand::text).collect(Collectors.joining("\n")));
  }

  /// For Tab.
  public static List<String> codes() {
    return Arrays.stream(Code.values()).map(Code::id).toList();
  }

  private static String list() {
    return Arrays.stream(Code.values())
        .map(code -> code.id() + "  " + code.title() + "\n")
        .collect(Collectors.joining());
  }

  private static String text(String word) {
    String id = word.toUpperCase(Locale.ROOT).replaceAll("^(?:ERROR|WARNING)?\\[|]$", "");
    Optional<Code> code = Arrays.stream(Code.values()).filter(it -> it.id().equals(id)).findFirst();
    return code.map(Explanation::of)
        .map(Explanation::print)
        .orElseThrow(
            () ->
                new UsageException(
                    Code.USAGE,
                    "unknown code \"" + word + "\"",
                    "'davit explain-error' lists all",
                    word));
  }
}
