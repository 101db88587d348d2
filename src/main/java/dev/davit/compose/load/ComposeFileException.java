package dev.davit.compose.load;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.error.Problem;
import java.util.List;
import java.util.stream.Collectors;

/// Compose files that cannot be loaded: all problems of the phase that found some.
public final class ComposeFileException extends DavitException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ComposeFileException(List<Problem> problems) {
    super(Kind.INVALID, problems.stream().map(Problem::print).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
