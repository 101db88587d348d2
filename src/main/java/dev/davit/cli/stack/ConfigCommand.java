package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.compose.load.LoadResult;
import dev.davit.compose.write.ComposeWriter;
import dev.davit.reconcile.ConfigHash;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class ConfigCommand {
  enum Format {
    YAML,
    JSON
  }

  @Command(
      name = "config",
      alias = "convert",
      description = "Check the Compose files and print them resolved",
      completionProvider = "services")
  @Usage("[SERVICE...]")
  void config(
      Session session,
      @Option(defaultValue = "yaml", description = "Format of the output (yaml|json)")
          Format format,
      @Option(shortName = 'q', description = "Only check, print nothing") boolean quiet,
      @Option(longName = "services", description = "Print the service names") boolean names,
      @Option(description = "Print the volume names") boolean volumes,
      @Option(description = "Print the network names") boolean networks,
      @Option(description = "Print the profile names") boolean profiles,
      @Option(description = "Print the image names") boolean images,
      @Option(description = "Print the hashes of services, or of all (\"*\")")
          @Nullable String hash,
      @Option(description = "Print the variables that interpolation sees") boolean environment,
      @Arguments List<String> services) {
    LoadResult result = Stack.load(session, services);
    Project project = result.project();
    new Stack(project.name(), java.util.Optional.of(project))
        .checkServices(
            services,
            new dev.davit.reconcile.Observed(
                project.name(), List.of(), List.of(), List.of(), java.util.Map.of()));
    if (quiet) {
      return;
    }
    if (names) {
      session.print(lines(project.services().keySet()));
    } else if (volumes) {
      session.print(lines(project.volumes().keySet()));
    } else if (networks) {
      session.print(lines(project.networks().keySet()));
    } else if (profiles) {
      session.print(lines(project.profiles()));
    } else if (images) {
      session.print(
          lines(project.services().values().stream().map(Service::image).distinct().toList()));
    } else if (hash != null) {
      session.print(lines(hashes(project, hash)));
    } else if (environment) {
      session.print(
          lines(
              project.environment().entrySet().stream()
                  .map(entry -> entry.getKey() + "=" + entry.getValue())
                  .sorted()
                  .toList()));
    } else {
      session.print(
          format == Format.JSON
              ? ComposeWriter.json(result.model())
              : ComposeWriter.yaml(result.model()));
    }
  }

  private static List<String> hashes(Project project, String wanted) {
    List<String> names = List.of(wanted.split(",", -1));
    return project.services().values().stream()
        .filter(service -> wanted.equals("*") || names.contains(service.name()))
        .map(service -> service.name() + " " + ConfigHash.of(service))
        .sorted()
        .toList();
  }

  private static String lines(Collection<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }
}
