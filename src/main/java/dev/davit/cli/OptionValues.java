package dev.davit.cli;

import dev.davit.cli.Offer.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.shell.core.command.CommandOption;

/// What the options take, by their names: the same name means the same in every command.
final class OptionValues {
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "progress", GlobalOptions.PROGRESS,
          "ansi", GlobalOptions.ANSI,
          "pull", List.of("always", "missing", "never", "policy"),
          "format", List.of("json", "table", "yaml"),
          "rmi", List.of("all", "local"),
          "protocol", List.of("tcp", "udp"),
          "status",
              List.of("created", "dead", "exited", "paused", "removing", "restarting", "running"),
          "signal",
              List.of("SIGHUP", "SIGINT", "SIGKILL", "SIGQUIT", "SIGTERM", "SIGUSR1", "SIGUSR2"));

  /// Names of [Completions].
  private static final Map<String, String> ASKED =
      Map.of(
          "profile", "profiles",
          "project-name", "projects",
          "attach", "services",
          "no-attach", "services",
          "exit-code-from", "services",
          "hash", "services",
          "scale", "services");

  private static final Map<String, Paths> PATHS =
      Map.of(
          "file", Paths.FILES,
          "env-file", Paths.FILES,
          "env-from-file", Paths.FILES,
          "output", Paths.FILES,
          "project-directory", Paths.DIRECTORIES);

  private final Catalogue catalogue;

  OptionValues(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  Offer of(CommandOption option, Session session) {
    String name = String.valueOf(option.longName());
    if (option.type().isEnum()) {
      return Offer.of(Arrays.stream(option.type().getEnumConstants()).map(Values::text).toList());
    } else if (PATHS.containsKey(name) && option.type() != boolean.class) {
      return new Offer(List.of(), PATHS.getOrDefault(name, Paths.NONE));
    } else if (ASKED.containsKey(name)) {
      String asked = ASKED.getOrDefault(name, "");
      return Offer.of(catalogue.completions(asked).names(session, List.of()));
    }
    return Offer.of(WORDS.getOrDefault(name, List.of()));
  }
}
