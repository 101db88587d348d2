package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.engine.Container;
import dev.davit.reconcile.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.shell.core.command.annotation.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

final class LsCommand {
  private static final JsonMapper JSON = new JsonMapper();

  private final Machine machine;

  LsCommand(Machine machine) {
    this.machine = machine;
  }

  enum Format {
    TABLE,
    JSON
  }

  private record Project(String name, String status, String files) {}

  @Command(name = "ls", description = "List running projects")
  void ls(
      Session session,
      @Option(shortName = 'a', description = "Show stopped projects too") boolean all,
      @Option(defaultValue = "table", description = "Format of the output (table|json)")
          Format format,
      @Option(shortName = 'q', description = "Only display project names") boolean quiet) {
    List<Project> projects = projects(all);
    if (quiet) {
      session.print(
          projects.stream().map(project -> project.name() + "\n").collect(Collectors.joining()));
    } else if (format == Format.JSON) {
      ArrayNode array = JSON.createArrayNode();
      for (Project project : projects) {
        array
            .addObject()
            .put("Name", project.name())
            .put("Status", project.status())
            .put("ConfigFiles", project.files());
      }
      session.println(JSON.writeValueAsString(array));
    } else {
      var table = new Table("NAME", "STATUS", "CONFIG FILES");
      projects.forEach(project -> table.add(project.name(), project.status(), project.files()));
      session.print(table.print());
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
