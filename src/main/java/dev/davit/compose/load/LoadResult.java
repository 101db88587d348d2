package dev.davit.compose.load;

import dev.davit.compose.Project;
import dev.davit.compose.tree.Mapping;
import dev.davit.error.Code;
import dev.davit.error.Problem;
import java.util.List;

/// A project, and what was odd in its files but not wrong.
///
/// @param model the canonical tree of what the command is about; `davit config` prints it
/// @param candidates what was said and did not last; what did is in the model
public record LoadResult(
    Project project, List<Problem> warnings, Mapping model, Candidates candidates) {

  /// The result, if all that the files say is honoured.
  ///
  /// @throws ComposeFileException with what is not
  public LoadResult strict() {
    List<Problem> missing =
        warnings.stream().filter(LoadResult::unhonoured).map(Problem::asError).toList();
    if (!missing.isEmpty()) {
      throw new ComposeFileException(missing);
    }
    return this;
  }

  private static boolean unhonoured(Problem warning) {
    return warning.code() == Code.NOT_SUPPORTED || warning.code() == Code.NO_EFFECT;
  }
}
