package dev.davit.compose.load;

import dev.davit.compose.tree.Document.Clearing;
import dev.davit.compose.tree.Mapping;
import java.nio.file.Path;
import java.util.List;

/// One document of a Compose file, on its way through the phases.
///
/// @param file absolute, or [Sources#STDIN]
/// @param clearings what its tags take away from what it is laid over
record Layer(Path file, Mapping tree, List<Clearing> clearings) {
  Layer with(Mapping changed) {
    return new Layer(file, changed, clearings);
  }
}
