package dev.davit.reconcile;

import dev.davit.compose.NamespaceMode;
import dev.davit.compose.NetworkDefinition;
import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.Code;
import dev.davit.error.Problem;
import dev.davit.error.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a service says of being reached or of reaching others, and what its networks make of none:
/// ports that lead nowhere, links to those that are on no network of its.
final class Unreachable {
  private static final Set<String> CLOSED = Set.of("macvlan", "ipvlan");

  private final Project project;
  private final Service service;
  private final List<Problem> problems = new ArrayList<>();

  private Unreachable(Project project, Service service) {
    this.project = project;
    this.service = service;
  }

  static List<Problem> of(Project project, Service service) {
    var check = new Unreachable(project, service);
    check.ports();
    check.links();
    return List.copyOf(check.problems);
  }

  private void ports() {
    if (service.networking().ports().isEmpty()) {
      return;
    }
    switch (service.networking().mode()) {
      case NamespaceMode.Own _ -> {
        var networks = service.networking().networks().keySet();
        if (!networks.isEmpty() && networks.stream().noneMatch(this::leadsOut)) {
          warn(
              "ports",
              "no port is published: "
                  + "each network of the service is internal, macvlan or ipvlan",
              "add a network with driver bridge that is not internal");
        }
      }
      case NamespaceMode.Host _ ->
          warn(
              "ports",
              "no port is published: with network_mode host the service has all ports of the host",
              "remove ports, or network_mode");
      default -> {}
    }
  }

  // Of an external network only the engine knows.
  private boolean leadsOut(String key) {
    NetworkDefinition network = project.networks().get(key);
    return network == null
        || network.external()
        || !(network.internal() || CLOSED.contains(network.driver()));
  }

  private void links() {
    for (int i = 0; i < service.networking().links().size(); i++) {
      Service target = project.services().get(service.networking().links().get(i).target());
      if (target != null && !meets(target)) {
        warn(
            "links[" + i + "]",
            "the link has no effect: \"%s\" and \"%s\" are on no network together"
                .formatted(service.name(), target.name()),
            "put both on one network");
      }
    }
  }

  private boolean meets(Service target) {
    boolean own =
        service.networking().mode() instanceof NamespaceMode.Own
            && target.networking().mode() instanceof NamespaceMode.Own;
    return own
        ? target.networking().networks().keySet().stream()
            .anyMatch(service.networking().networks()::containsKey)
        : service.networking().mode().equals(target.networking().mode());
  }

  private void warn(String attribute, String message, String help) {
    String path = "services." + service.name() + "." + attribute;
    problems.add(Places.problem(Code.NO_EFFECT, project, Severity.WARNING, path, message, help));
  }
}
