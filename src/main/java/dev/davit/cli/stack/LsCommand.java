package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.UsageException;
import dev.davit.engine.Container;
import dev.davit.error.Code;
import dev.davit.format.Header;
import dev.davit.format.Layout;
import dev.davit.reconcile.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;

final class LsCommand {
  private final Machine machine;

  LsCommand(Machine machine) {
    this.machine = machine;
  }

  /// A project as a list shows it.
  record Project(String name, String status, @Header("CONFIG FILES") String configFiles) {
    static final Layout<Project> LAYOUT =
        Layout.of(Project.class, "{{.Name}}\t{{.Status}}\t{{.ConfigFiles}}").inArray();
  }

  @Command(name = "ls", description = "List running projects")
  void ls(
      Session session,
      @Option(shortName = 'a', description = "Show stopped projects too") boolean all,
      @Option(description = "Filter by name=REGEX") List<String> filter,
      @Option(description = "Format of the output (table|json|table TEMPLATE|TEMPLATE)")
          String format,
      @Option(shortName = 'q', description = "Only display project names") boolean quiet) {
    List<Pattern> patterns = filter.stream().map(LsCommand::pattern).toList();
    List<Project> projects =
        projects(all).stream()
            .filter(
                project ->
                    patterns.isEmpty()
                        || patterns.stream().anyMatch(it -> it.matcher(project.name()).find()))
            .toList();
    session.print(Project.LAYOUT.print(quiet ? "{{.Name}}" : format, projects));
  }

  private static Pattern pattern(String filter) {
    if (!filter.startsWith("name=")) {
      throw new UsageException(
          Code.INVALID_OPTION, "unknown filter \"" + filter + "\"", "filter by name=shop", filter);
    }
    try {
      return Pattern.compile(filter.substring("name=".length()));
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          Code.INVALID_OPTION, "filter \"" + filter + "\": " + e.getDescription(), null, filter);
    }
  }

  private List<Project> projects(boolean all) {
    var byName = new TreeMap<String, List<Container>>();
    for (Container container : machine.observer().all()) {
      byName.computeIfAbsent(Labels.project(container), _ -> new ArrayList<>()).add(container);
    }
    var projects = new ArrayList<Project>();
    byName.forEach(
        (name, containers) -> {
          if (all || containers.stream().anyMatch(container -> container.state().alive())) {
            projects.add(new Project(name, status(containers), files(containers)));
          }
        });
    return projects;
  }

  // As docker: exited(1), running(2).
  private static String status(List<Container> containers) {
    var counts =
        containers.stream()
            .collect(
                Collectors.groupingBy(
                    container -> container.state().status().word(),
                    TreeMap::new,
                    Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + "(" + entry.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String files(List<Container> containers) {
    return containers.stream()
        .map(container -> container.config().labels().getOrDefault(Labels.CONFIG_FILES, ""))
        .filter(files -> !files.isEmpty())
        .distinct()
        .collect(Collectors.joining(","));
  }
}
