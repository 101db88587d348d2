package dev.davit.compose.load;

import java.nio.file.Path;
import java.util.List;

/// What becomes one tree: the files of the project, or those of one include.
///
/// @param directory what paths in the files are relative to, absolute
/// @param environment what variables mean
/// @param layers the documents as they were read
/// @param including the files that include each other down to this model, the outermost first
record ModelFiles(Path directory, Environment environment, Layers layers, List<Path> including) {
  ModelFiles {
    including = List.copyOf(including);
  }
}
