package dev.davit.runtime;

import dev.davit.program.Arg;
import dev.davit.program.Step;
import java.util.ArrayList;
import java.util.List;

/// Steps of a program in the making: what an earlier one opens can be used by a later one.
final class Draft {
  private final List<Step> steps = new ArrayList<>();

  /// Adds a step; the result stands for it.
  int add(Step step) {
    steps.add(step);
    return steps.size() - 1;
  }

  void addAll(List<Step> more) {
    steps.addAll(more);
  }

  /// What `step` returned, for the step that is added next.
  Arg.Result resultOf(int step) {
    return new Arg.Result(steps.size() - step);
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }
}
