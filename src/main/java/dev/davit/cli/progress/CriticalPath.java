package dev.davit.cli.progress;

import dev.davit.reconcile.Operation;
import dev.davit.reconcile.Plan.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which chain of operations decided how long a plan took: the last one, what it waited for last,
/// and so on.
final class CriticalPath {
  private static final Duration SHORT = Duration.ofMillis(50);

  private record Done(Node node, Duration took, int order) {}

  private final Map<Integer, Done> done = new HashMap<>();

  void clear() {
    done.clear();
  }

  void finished(Node node, Duration took) {
    done.put(node.id(), new Done(node, took, done.size()));
  }

  /// `store healthy 1.2s, gateway 0.6s`, first to last; what took less than 50 ms is left out.
  String print() {
    var times = new LinkedHashMap<String, Duration>();
    for (Done step : chain()) {
      times.merge(name(step.node()), step.took(), Duration::plus);
    }
    return times.entrySet().stream()
        .filter(entry -> entry.getValue().compareTo(SHORT) >= 0)
        .map(entry -> "%s %.1fs".formatted(entry.getKey(), entry.getValue().toNanos() / 1e9))
        .collect(Collectors.joining(", "));
  }

  private List<Done> chain() {
    var chain = new ArrayList<Done>();
    Optional<Done> step = done.values().stream().max(Comparator.comparingInt(Done::order));
    while (step.isPresent()) {
      chain.addFirst(step.get());
      step =
          step.get().node().prerequisites().stream()
              .flatMap(id -> Optional.ofNullable(done.get(id)).stream())
              .max(Comparator.comparingInt(Done::order));
    }
    return chain;
  }

  private static String name(Node node) {
    String service = node.operation().subject().service();
    return node.operation() instanceof Operation.WaitFor wait
        ? service + " " + wait.condition().word()
        : service;
  }
}
