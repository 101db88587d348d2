package dev.davit.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Operations with what has to be done before each. Equal plans print equal.
///
/// @param nodes in an order that respects the prerequisites
/// @param warnings what the user should know, whole sentences
/// @param desired the wish that the plan fulfils, for the engine to keep before it is begun
public record Plan(List<Node> nodes, List<String> warnings, Optional<Desired> desired) {
  public Plan(List<Node> nodes, List<String> warnings) {
    this(nodes, warnings, Optional.empty());
  }

  public static final Plan EMPTY = new Plan(List.of(), List.of());

  public Plan {
    nodes = List.copyOf(nodes);
    warnings = List.copyOf(warnings);
  }

  /// @param id counts from 1
  /// @param prerequisites ids of the nodes that must have succeeded before
  public record Node(int id, Operation operation, Set<Integer> prerequisites) {
    /// `[1,2] -> #3 service:db:1, CreateContainer, no container`.
    public String print() {
      return new TreeSet<>(prerequisites)
              .stream().map(String::valueOf).collect(Collectors.joining(",", "[", "] -> #"))
          + id
          + " "
          + operation.resource()
          + ", "
          + operation.verb()
          + ", "
          + operation.cause();
    }
  }

  public boolean isEmpty() {
    return nodes.isEmpty();
  }

  /// One line for each operation; nothing for an empty plan.
  public String print() {
    return nodes.stream().map(node -> node.print() + "\n").collect(Collectors.joining());
  }

  /// The pulls alone: what the images are decides what else is to be done.
  public Plan pulling() {
    return new Plan(
        nodes.stream().filter(node -> node.operation() instanceof Operation.PullImage).toList(),
        List.of());
  }

  /// What has to be done before anything starts: no start, no wait, nor what follows one.
  public Plan creating() {
    Set<Integer> starting = startingIds();
    return new Plan(
        nodes.stream().filter(node -> !starting.contains(node.id())).toList(), warnings, desired);
  }

  /// What is left when [#creating] is done.
  public Plan starting() {
    Set<Integer> starting = startingIds();
    var rest = new ArrayList<Node>();
    for (Node node : nodes) {
      if (starting.contains(node.id())) {
        var prerequisites = new TreeSet<>(node.prerequisites());
        prerequisites.retainAll(starting);
        rest.add(new Node(node.id(), node.operation(), prerequisites));
      }
    }
    return new Plan(rest, List.of());
  }

  private Set<Integer> startingIds() {
    var ids = new HashSet<Integer>();
    for (Node node : nodes) {
      boolean starts =
          switch (node.operation()) {
            case Operation.RunHook hook -> hook.moment() == Operation.Moment.POST_START;
            case Operation.SupplyContainer _,
                Operation.StartContainer _,
                Operation.RunPreStart _,
                Operation.RestartContainer _,
                Operation.UnpauseContainer _,
                Operation.WaitFor _ ->
                true;
            default -> false;
          };
      if (starts || node.prerequisites().stream().anyMatch(ids::contains)) {
        ids.add(node.id());
      }
    }
    return ids;
  }

  /// Collects operations; a prerequisite has to be there before what needs it.
  static final class Builder {
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<Desired> desired = Optional.empty();

    Builder() {}

    /// Goes on behind the operations of `first`.
    Builder(Plan first) {
      nodes.addAll(first.nodes());
      warnings.addAll(first.warnings());
      desired = first.desired();
    }

    int add(Operation operation, Collection<Integer> prerequisites) {
      int id = nodes.size() + 1;
      nodes.add(new Node(id, operation, Set.copyOf(prerequisites)));
      return id;
    }

    void warn(String sentence) {
      warnings.add(sentence);
    }

    void desire(Desired wish) {
      desired = Optional.of(wish);
    }

    Plan build() {
      return new Plan(nodes, warnings, desired);
    }
  }
}
