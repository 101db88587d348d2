package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.cli.Surroundings;
import dev.davit.compose.Project;
import dev.davit.engine.Container;
import dev.davit.engine.ContainerState.Status;
import dev.davit.engine.Event;
import dev.davit.engine.Health;
import dev.davit.error.DavitException;
import dev.davit.format.Neutral;
import dev.davit.reconcile.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The interactive shell's project, from its files and from what runs.
final class ShellSurroundings implements Surroundings {
  private final Machine machine;

  ShellSurroundings(Machine machine) {
    this.machine = machine;
  }

  @Override
  public View view(Session session) {
    try {
      Stack stack = Stack.findHere(session);
      var services =
          new TreeSet<>(
              stack.project().map(Project::services).map(it -> it.keySet()).orElse(Set.of()));
      return new StackView(stack.name(), services);
    } catch (DavitException none) {
      return View.NONE;
    }
  }

  @Override
  public List<String> shortages(Throwable failure) {
    return new Shortages(machine.statistics()).after(failure);
  }

  private final class StackView implements View {
    private final String project;
    private final Set<String> services;

    StackView(String project, Set<String> services) {
      this.project = project;
      this.services = services;
    }

    @Override
    public String project() {
      return project;
    }

    @Override
    public String state() {
      List<Container> containers =
          machine.containers().list().stream()
              .filter(container -> Labels.project(container).equals(project))
              .filter(container -> Labels.number(container) > 0)
              .toList();
      var all = new TreeSet<>(services);
      var running = new HashSet<String>();
      var resting = new HashSet<String>();
      for (Container container : containers) {
        all.add(Labels.service(container));
        (container.state().alive() ? running : resting).add(Labels.service(container));
      }
      running.removeAll(resting);
      long unhealthy = containers.stream().filter(StackView::isUnhealthy).count();
      return running.size()
          + "/"
          + all.size()
          + (unhealthy == 0 ? "" : " " + unhealthy + " unhealthy");
    }

    private static boolean isUnhealthy(Container container) {
      return container.state().alive()
          && container
              .state()
              .health()
              .filter(health -> health.status() == Health.Status.UNHEALTHY)
              .isPresent();
    }
  }

  @Override
  public AutoCloseable watch(Consumer<Notice> consumer) {
    Set<String> unhealthy = ConcurrentHashMap.newKeySet();
    return machine
        .events()
        .subscribe(
            event -> {
              String project = event.attributes().getOrDefault(Labels.PROJECT, "");
              if (event.type() == Event.Type.CONTAINER && !project.isEmpty()) {
                consumer.accept(new Notice(project, event.time(), text(event, project, unhealthy)));
              }
            });
  }

  private String text(Event event, String project, Set<String> unhealthy) {
    String name =
        Neutral.text(
            event.name().startsWith(project + "-")
                ? event.name().substring(project.length() + 1)
                : event.name());
    return switch (event.action()) {
      case "die" ->
          name + " exited with code " + code(event) + (restarts(event) ? ", restarting" : "");
      case "oom" -> name + " has run out of memory";
      case "health_status: unhealthy" -> {
        unhealthy.add(event.id());
        yield name + " is unhealthy";
      }
      case "health_status: healthy" ->
          unhealthy.remove(event.id()) ? name + " is healthy again" : "";
      default -> "";
    };
  }

  private static String code(Event event) {
    return event.attributes().getOrDefault("exitCode", "?");
  }

  private boolean restarts(Event event) {
    return machine
        .containers()
        .find(event.id())
        .filter(container -> container.state().status() == Status.RESTARTING)
        .isPresent();
  }
}
