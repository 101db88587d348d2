package dev.davit.program;

import dev.davit.linux.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A [Program] and what each of its steps came to.
public record Trace(Program program, List<Outcome> outcomes) {
  public Trace {
    outcomes = List.copyOf(outcomes);
    if (outcomes.size() != program.steps().size()) {
      throw new IllegalArgumentException("one outcome a step");
    }
  }

  /// The same, but the last step, whose success cannot be seen from outside, came to `last`.
  public Trace endingWith(Outcome last) {
    var all = new ArrayList<>(outcomes);
    all.set(all.size() - 1, last);
    return new Trace(program, all);
  }

  /// The index of the step that ended the child, if one did.
  public OptionalInt failedStep() {
    return IntStream.range(0, outcomes.size()).filter(this::ended).findFirst();
  }

  private boolean ended(int index) {
    return outcomes.get(index) instanceof Outcome.Failed(Errno errno)
        && !program.steps().get(index).tolerated().contains(errno);
  }

  /// Whether the last step, the one that does not return, was carried out.
  public boolean complete() {
    return outcomes.getLast() instanceof Outcome.Returned;
  }

  /// The failed step as a sentence part: `step 3 of 41 failed: mount(…) = -1 EPERM (…)`.
  public String failure() {
    if (failedStep().isEmpty()) {
      return "the child was killed before its program ended";
    }
    int index = failedStep().getAsInt();
    return "step %d of %d failed: %s %s"
        .formatted(
            index + 1,
            outcomes.size(),
            program.steps().get(index).printBriefly(index + 1),
            outcomes.get(index).print());
  }

  private String call(int index) {
    return program.steps().get(index).print(index + 1);
  }

  /// One numbered line a step with its result.
  public String print() {
    var out = new StringBuilder();
    for (int i = 0; i < outcomes.size(); i++) {
      out.append("%3d  %s %s\n".formatted(i + 1, call(i), outcomes.get(i).print()));
    }
    return out.toString();
  }
}
