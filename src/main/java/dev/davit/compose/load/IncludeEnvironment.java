package dev.davit.compose.load;

import dev.davit.error.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What variables mean in an included model: what they mean outside, else what its files say, which
/// nobody outside sees.
///
/// @param files those that the include names; none means `.env` in its directory
record IncludeEnvironment(Context outside, List<NamedFile> files) {
  private static final Path NO_FILE = Path.of("/dev/null");

  Map<String, String> in(Path directory) {
    var values = new LinkedHashMap<String, String>();
    Path implicit = directory.resolve(".env");
    if (files.isEmpty() && outside.sources().isFile(implicit)) {
      Source source = Source.of(outside.sources().name(implicit));
      outside.sources().text(implicit).ifPresent(text -> add(values, source, text));
    }
    for (NamedFile file : files) {
      if (!file.file().equals(NO_FILE)) {
        file.text().ifPresent(text -> add(values, file.source("included here"), text));
      }
    }
    values.putAll(outside.environment());
    return values;
  }

  private void add(Map<String, String> values, Source source, String text) {
    var lookups = new EnvironmentFiles.Lookups(outside.environment()::get, values::get);
    values.putAll(EnvironmentFiles.parse(source, text, lookups, outside.problems()));
  }
}
