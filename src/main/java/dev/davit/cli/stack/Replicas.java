package dev.davit.cli.stack;

import dev.davit.cli.Session;
import dev.davit.engine.Container;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.reconcile.Labels;
import dev.davit.reconcile.Observed;
import java.util.Comparator;
import java.util.List;

/// The containers of one service that a command means.
final class Replicas {
  private final String service;
  private final List<Container> containers;

  private Replicas(String service, List<Container> containers) {
    this.service = service;
    this.containers = containers;
  }

  /// Those of `service` in the session's project, by number, one-offs last. NOT_FOUND if there is
  /// no such service.
  static Replicas of(Session session, Machine machine, String service) {
    Stack stack = Stack.find(session, List.of());
    SetAside.tell(session, machine, stack.name());
    Observed observed = stack.observe(machine.observer());
    stack.checkServices(List.of(service), observed);
    return new Replicas(
        service,
        observed.containers().stream()
            .filter(container -> Labels.service(container).equals(service))
            .sorted(Comparator.comparing(Labels::oneOff).thenComparingInt(Labels::number))
            .toList());
  }

  Replicas running() {
    return new Replicas(
        service, containers.stream().filter(container -> container.state().alive()).toList());
  }

  Replicas withoutOneOffs() {
    return new Replicas(
        service, containers.stream().filter(container -> !Labels.oneOff(container)).toList());
  }

  /// Each of them, or the one with that number; there is at least one.
  ///
  /// @param index 0 for all
  List<Container> all(int index) {
    List<Container> found =
        containers.stream().filter(it -> index == 0 || Labels.number(it) == index).toList();
    if (found.isEmpty()) {
      String which = index == 0 ? "" : " container #" + index;
      throw new DavitException(
          Kind.WRONG_STATE,
          "service \"%s\" is not running%s".formatted(service, which),
          "see 'davit ps -a'");
    }
    return found;
  }

  /// The one with that number; for 0 the first, a one-off only where there is nothing else.
  Container one(int index) {
    return all(index).getFirst();
  }
}
