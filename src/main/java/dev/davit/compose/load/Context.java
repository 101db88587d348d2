package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the phases of one load know besides the tree.
///
/// @param directory the project directory, absolute
/// @param environment what variables mean
record Context(
    Sources sources,
    Problems problems,
    Candidates candidates,
    Path directory,
    String projectName,
    Map<String, String> environment,
    Profiles profiles,
    UnsetVariables unset,
    LoadOptions options) {

  /// Stops the load if a phase found an error.
  void stopOnErrors() {
    unset.report(problems, environment.keySet());
    if (!problems.errors().isEmpty()) {
      throw new ComposeFileException(problems.errors(), problems.warnings());
    }
  }

  /// With the profiles of the selected services active.
  Context forSelected(Mapping services) {
    return new Context(
        sources,
        problems,
        candidates,
        directory,
        projectName,
        environment,
        profiles.forSelected(services),
        unset,
        options);
  }

  List<String> selected() {
    return profiles.selected();
  }
}
