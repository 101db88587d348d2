package dev.davit.cli;

import dev.davit.Davit;
import dev.davit.cli.audit.AuditLog;
import dev.davit.cli.stack.Machine;
import dev.davit.test.Golden;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The catalogue as a page for people: `docs/commands.md`.
class CommandsPageTest {
  private static final String HEAD =
      """
      # Commands

      What `davit --help` and `davit COMMAND --help` print. Generated from the catalogue; `CommandsPageTest` keeps it
      true, and `-Dgolden.update=true` rewrites it.

      """;

  @Test
  void pageSaysWhatTheHelpSays() throws ReflectiveOperationException {
    Golden.check(Path.of("docs/commands.md"), page(catalogue()));
  }

  // The commands are only described here: no engine stands behind them.
  static Catalogue catalogue() throws ReflectiveOperationException {
    var identity =
        new EngineIdentity("0", "build", 1, Instant.EPOCH, Path.of("root"), Path.of("run"));
    Constructor<?> machine = Machine.class.getDeclaredConstructors()[0];
    return new Davit()
        .catalogue(
            identity,
            new EngineCommands(identity, () -> {}),
            new InstallCommands(identity),
            new AuditLog(Path.of("audit.log"), 1),
            (Machine) machine.newInstance(new Object[machine.getParameterCount()]));
  }

  private static String page(Catalogue catalogue) {
    var help = new HelpText(catalogue);
    List<String> names =
        catalogue.commands().stream()
            .filter(command -> !command.isHidden())
            .map(MethodCommand::getName)
            .toList();
    String contents =
        names.stream()
            .map(name -> "[%s](#%s)".formatted(name, anchor("davit " + name)))
            .collect(Collectors.joining(" · "));
    return HEAD
        + contents
        + "\n"
        + section("davit", help.of(""))
        + names.stream()
            .map(name -> section("davit " + name, help.of(name)))
            .collect(Collectors.joining());
  }

  private static String anchor(String title) {
    return title.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String section(String title, String help) {
    return "\n## " + title + "\n\n```text\n" + help + "```\n";
  }
}
