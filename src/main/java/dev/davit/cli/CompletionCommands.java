package dev.davit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.shell.core.command.annotation.Argument;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;

/// Completion in the user's own shell: a file for it, which asks `davit __complete` at each Tab.
final class CompletionCommands {
  /// What the user's shell calls at each Tab.
  static final String ASK = "__complete";

  private final Catalogue catalogue;

  CompletionCommands(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  enum ShellName {
    BASH,
    ZSH,
    FISH
  }

  @Command(
      name = "completion",
      description = "Print what makes a shell complete davit's command lines",
      completionProvider = "shells",
      help =
          """
          Examples:
            bash:  davit completion bash > /etc/bash_completion.d/davit
            zsh:   davit completion zsh > "${fpath[1]}/_davit"
            fish:  davit completion fish > ~/.config/fish/completions/davit.fish
          """)
  @Usage("bash|zsh|fish")
  void completion(Session session, @Argument(index = 0) ShellName shell) {
    session.print(resource("davit." + shell.name().toLowerCase(Locale.ROOT)));
  }

  static List<String> shells() {
    return List.of("bash", "zsh", "fish");
  }

  /// One line `value TAB description` for each, then `:none`, `:files` or `:directories`.
  @Command(name = ASK, hidden = true)
  @Usage(value = "-- WORD...", stopAtFirstArgument = true)
  void complete(Session session, @Arguments List<String> words) {
    List<String> line = words.isEmpty() ? List.of("") : words;
    Offer offer =
        new Completing(catalogue).at(line.subList(0, line.size() - 1), line.getLast(), session);
    var text = new StringBuilder();
    for (Offer.Word word : offer.words()) {
      text.append(word.value()).append('\t').append(word.description()).append('\n');
    }
    session.println(text + ":" + offer.paths().name().toLowerCase(Locale.ROOT));
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(CompletionCommands.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
