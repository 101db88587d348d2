package dev.davit.compose.load;

import dev.davit.compose.tree.Problems;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// Compose files that cannot be loaded: all problems of the phase that found some.
public final class ComposeFileException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final transient List<Problem> warnings;

  public ComposeFileException(List<Problem> problems) {
    this(problems, List.of());
  }

  /// @param warnings what was odd besides, and may be the reason
  public ComposeFileException(List<Problem> problems, List<Problem> warnings) {
    super(Kind.INVALID, problems.stream().map(Problem::print).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
    this.warnings = List.copyOf(warnings);
  }

  static void throwIfAny(Problems found) {
    if (found.hasErrors()) {
      throw new ComposeFileException(found.errors(), found.warnings());
    }
  }

  public List<Problem> problems() {
    return problems;
  }

  public List<Problem> warnings() {
    return warnings;
  }
}
