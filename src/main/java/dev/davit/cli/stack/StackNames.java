package dev.davit.cli.stack;

import dev.davit.cli.Completions;
import dev.davit.cli.Session;
import dev.davit.compose.Project;
import dev.davit.error.DavitException;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// The names that Tab offers, of what the session's project has and of what the machine has.
final class StackNames {
  private final Machine machine;

  StackNames(Machine machine) {
    this.machine = machine;
  }

  Map<String, Completions> completions() {
    Completions services = ofStack(StackNames::services);
    return Map.of(
        "services",
        services,
        "profiles",
        ofStack((stack, _) -> stack.project().map(Project::profiles).orElse(new TreeSet<>())),
        "projects",
        _ -> names(() -> machine.observer().all().stream().map(Labels::project).toList()),
        "copies",
        Completions.orPath(
            session -> services.names(session).stream().map(name -> name + ":").toList()),
        "programs",
        new Programs(services));
  }

  private static Collection<String> services(Stack stack, Observed observed) {
    var names = new TreeSet<>(observed.services());
    stack.project().ifPresent(project -> names.addAll(project.services().keySet()));
    stack.project().ifPresent(project -> names.addAll(project.disabledServices().keySet()));
    return names;
  }

  private Completions ofStack(BiFunction<Stack, Observed, Collection<String>> names) {
    return session ->
        names(
            () -> {
              Stack stack = Stack.findHere(session);
              return names.apply(stack, stack.observe(machine.observer()));
            });
  }

  /// Sorted, and none where the project cannot even be read: Tab is no place for errors.
  private static List<String> names(Supplier<Collection<String>> all) {
    try {
      return all.get().stream().filter(name -> !name.isEmpty()).distinct().sorted().toList();
    } catch (DavitException nothingToOffer) {
      return List.of();
    }
  }

  /// A service, then a program inside its container.
  private final class Programs implements Completions {
    private final Completions services;

    Programs(Completions services) {
      this.services = services;
    }

    @Override
    public List<String> names(Session session) {
      return services.names(session);
    }

    @Override
    public List<String> names(Session session, List<String> arguments) {
      return switch (arguments.size()) {
        case 0 -> services.names(session);
        case 1 -> StackNames.names(() -> programs(session, arguments.getFirst()));
        default -> List.of();
      };
    }

    private List<String> programs(Session session, String service) {
      Observed observed = Stack.findHere(session).observe(machine.observer());
      return observed.of(service).stream()
          .filter(container -> container.state().alive())
          .findFirst()
          .map(container -> machine.execs().programs(container.id()))
          .orElse(List.of());
    }
  }
}
