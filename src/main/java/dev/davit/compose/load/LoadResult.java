package dev.davit.compose.load;

import dev.davit.compose.Project;
import dev.davit.compose.tree.Mapping;
import dev.davit.error.Problem;
import java.util.List;

/// A project, and what was odd in its files but not wrong.
///
/// @param model the canonical tree of what the command is about; `davit config` prints it
/// @param candidates what was said and did not last; what did is in the model
public record LoadResult(
    Project project, List<Problem> warnings, Mapping model, Candidates candidates) {}
