package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Usage;
import dev.davit.cli.UsageException;
import dev.davit.cli.provider.Providers.Provided;
import dev.davit.compose.Project;
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
    var staged =
        new Staged(
            session,
            machine,
            converging -> converging.options(false).withDependencies(!noDeps).scale(scale),
            Converging.Manner.USUAL);
    Provided provided = staged.provide(project, List.copyOf(scale.keySet()), !noDeps);
    if (provided.nothingElse()) {
      return 0;
    }
    return new Execution(session, machine, Optional.of(provided.project()))
        .runOrPrint(staged.plan(provided));
  }
}
