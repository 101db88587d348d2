package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.provider.Providers;
import dev.davit.cli.provider.Providers.Provided;
import dev.davit.compose.Project;
import dev.davit.reconcile.PlanOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.shell.core.command.annotation.Arguments;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class ScaleCommand {
  private final Machine machine;

  ScaleCommand(Machine machine) {
    this.machine = machine;
  }

  @Command(name = "scale", description = "Scale services", completionProvider = "services")
  @Usage("SERVICE=REPLICAS...")
  int scale(
      Session session,
      @Option(longName = "no-deps", description = "Don't start linked services") boolean noDeps,
      @Arguments List<String> words) {
    if (words.isEmpty()) {
      throw new UsageException("argument SERVICE=REPLICAS is missing", null);
    }
    List<String> names = words.stream().map(word -> word.replaceFirst("=.*", "")).toList();
    Project project = Stack.loadToRun(session, names);
    Map<String, Integer> scale = Scale.parse("scale specifier", words, project);
    Provided provided = new Providers(session, project).up(List.copyOf(scale.keySet()), !noDeps);
    if (provided.nothingElse()) {
      return 0;
    }
    var converging = new Converging(session, machine, provided.project());
    PlanOptions.Builder options =
        converging
            .options(false)
            .services(provided.services())
            .withDependencies(!noDeps)
            .scale(scale);
    return new Execution(session, machine, Optional.of(provided.project()))
        .runOrPrint(converging.plan(options, false));
  }
}
