package dev.davit.compose.load;

import dev.davit.compose.text.Dotenv;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads environment files, of which a later one counts before an earlier one, which it may
/// mention.
final class EnvironmentReader {
  private final Environment outer;
  private final Problems problems;
  private final Map<String, String> earlier = new HashMap<>();
  private final List<Map<String, Environment.Given>> files = new ArrayList<>();

  /// @param outer what counts before all the files
  EnvironmentReader(Environment outer, Problems problems) {
    this.outer = outer;
    this.problems = problems;
  }

  void read(Source file, String text) {
    problems.addFile(file.name(), text);
    var unset = new UnsetVariables();
    var given = new LinkedHashMap<String, Environment.Given>();
    try {
      Dotenv.parse(text, lookup(file, unset))
          .forEach(
              (name, it) ->
                  given.put(
                      name, new Environment.Given(it.text(), Optional.of(it.span().in(file)))));
    } catch (Dotenv.LineException e) {
      problems.error(e.in(file), TreePath.ROOT, e.what());
    }
    unset.report(problems, Set.of());
    files.add(given);
    given.forEach((name, it) -> earlier.put(name, it.value()));
  }

  /// What variables mean after all the files.
  Environment all() {
    Environment all = outer;
    for (Map<String, Environment.Given> file : files.reversed()) {
      all = all.then(file);
    }
    return all;
  }

  private Dotenv.Lookup lookup(Source file, UnsetVariables unset) {
    return new Dotenv.Lookup() {
      @Override
      public @Nullable String get(String name) {
        return outer.values().get(name);
      }

      @Override
      public @Nullable String earlier(String name) {
        return earlier.get(name);
      }

      @Override
      public void unset(String name, Dotenv.Span mention, String value) {
        unset.add(name, mention.in(file), TreePath.ROOT, value);
      }
    };
  }
}
