package dev.davit.compose.load;

import dev.davit.compose.Project;
import dev.davit.error.Problem;
import java.util.List;

/// A project, and what was odd in its files but not wrong.
public record LoadResult(Project project, List<Problem> warnings) {}
