package dev.davit.program;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// The system calls of one child, in order; nothing happens until a [ProgramRunner] runs it. The
/// last step is one that does not return: execve, execveat or exit.
public record Program(Clone child, List<Step> steps) {
  public Program {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a program needs a step");
    }
  }

  /// The clone, then one numbered line a step, the reason behind `#`.
  public String print() {
    var out = new StringBuilder("     ").append(child.print()).append('\n');
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      out.append(
          "%3d  %-88s # %s%s\n".formatted(i + 1, step.print(i + 1), step.why(), shrug(step)));
    }
    return out.toString();
  }

  private static String shrug(Step step) {
    if (step.tolerated().isEmpty()) {
      return "";
    }
    return step.tolerated().stream()
        .sorted()
        .map(Enum::name)
        .collect(joining(", ", " (", " is fine)"));
  }
}
