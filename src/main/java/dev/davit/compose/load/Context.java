package dev.davit.compose.load;

import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the phases of one load know besides the tree.
///
/// @param files what the tree is made of
record Context(
    Sources sources,
    Problems problems,
    Candidates candidates,
    UnsetVariables unset,
    String projectName,
    Profiles profiles,
    LoadOptions options,
    ModelFiles files) {

  /// What paths are relative to, absolute: the project directory, or that of an include.
  Path directory() {
    return files.directory();
  }

  /// What variables mean.
  Map<String, String> environment() {
    return files.environment().values();
  }

  /// Stops the load if a phase found an error.
  void stopOnErrors() {
    unset.report(problems, environment().keySet());
    ComposeFileException.throwIfAny(problems);
  }

  Context with(ModelFiles other) {
    return new Context(sources, problems, candidates, unset, projectName, profiles, options, other);
  }

  Context with(Problems other, Candidates others) {
    return new Context(sources, other, others, unset, projectName, profiles, options, files);
  }

  /// For work that may go wrong because of what is wrong already.
  Context apart() {
    return new Context(
        sources,
        problems.apart(),
        new Candidates(),
        new UnsetVariables(),
        projectName,
        profiles,
        options,
        files);
  }

  /// With the profiles of the selected services active.
  Context forSelected(Mapping services) {
    Profiles selected = profiles.forSelected(services);
    return new Context(sources, problems, candidates, unset, projectName, selected, options, files);
  }

  List<String> selected() {
    return profiles.selected();
  }
}
