package dev.davit.compose.load;

import dev.davit.error.Source;
import java.nio.file.Path;
import java.util.List;

/// What variables mean in an included model: what they mean outside, else what its files say, which
/// nobody outside sees.
///
/// @param files those that the include names; none means `.env` in its directory
record IncludeEnvironment(Context outside, List<NamedFile> files) {
  private static final Path NO_FILE = Path.of("/dev/null");

  Environment in(Path directory) {
    var reader = new EnvironmentReader(outside.files().environment(), outside.problems());
    Path implicit = directory.resolve(".env");
    if (files.isEmpty() && outside.sources().isFile(implicit)) {
      Source source = Source.of(outside.sources().name(implicit));
      outside.sources().text(implicit).ifPresent(text -> reader.read(source, text));
    }
    for (NamedFile file : files) {
      if (!file.file().equals(NO_FILE)) {
        Source source = file.source("included here");
        file.text().ifPresent(text -> reader.read(source, text));
      }
    }
    return reader.all();
  }
}
