package dev.davit.compose.load;

import dev.davit.compose.text.Dotenv;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What variables mean: the caller's environment, then `--env-file`s or `.env`.
record EnvironmentFiles(LoadRequest request, Sources sources, Problems problems) {

  /// Before the Compose files are known: they may be named in here.
  Map<String, String> outer() {
    List<Path> named = named();
    if (!named.isEmpty()) {
      return withNamed(named);
    }
    Path home = request.projectDirectory().map(request.cwd()::resolve).orElse(request.cwd());
    return withImplicit(request.env(), home);
  }

  /// With the `.env` beside the first Compose file, which fills what is still unset.
  Map<String, String> beside(Map<String, String> outer, Path directory) {
    return named().isEmpty() ? withImplicit(outer, directory) : outer;
  }

  private List<Path> named() {
    if (!request.envFiles().isEmpty()) {
      return request.envFiles();
    }
    return Stream.of(request.env().getOrDefault("COMPOSE_ENV_FILES", "").split(","))
        .filter(name -> !name.isBlank())
        .map(name -> Path.of(name.strip()))
        .toList();
  }

  private Map<String, String> withNamed(List<Path> files) {
    var values = new LinkedHashMap<String, String>();
    for (Path file : files) {
      Path absolute = request.cwd().resolve(file).normalize();
      String text =
          sources
              .text(absolute)
              .orElseThrow(
                  () -> sources.missing("environment file", sources.name(absolute), absolute));
      values.putAll(parse(absolute, text, request.env(), values));
    }
    values.putAll(request.env());
    return values;
  }

  private Map<String, String> withImplicit(Map<String, String> outer, Path directory) {
    if (outer.getOrDefault("COMPOSE_DISABLE_ENV_FILE", "0").matches("1|true")) {
      return outer;
    }
    Path file = directory.resolve(".env").normalize();
    var values = new LinkedHashMap<String, String>();
    sources.text(file).ifPresent(text -> values.putAll(parse(file, text, outer, Map.of())));
    values.putAll(outer);
    return values;
  }

  private Map<String, String> parse(
      Path file, String text, Map<String, String> outer, Map<String, String> earlier) {
    var lookups = new Lookups(outer::get, earlier::get);
    return parse(Source.of(sources.name(file)), text, lookups, problems);
  }

  /// The values of a file; what is wrong in it is told.
  static Map<String, String> parse(Source file, String text, Lookups lookups, Problems problems) {
    problems.addFile(file.name(), text);
    try {
      return Dotenv.parse(text, lookups.outer(), lookups.earlier());
    } catch (Dotenv.LineException e) {
      problems.error(e.in(file), TreePath.ROOT, e.what());
    }
    return Map.of();
  }

  /// What a file's variables mean besides what it says.
  ///
  /// @param outer what wins over the file
  /// @param earlier what the files before it say, over which it wins
  record Lookups(Dotenv.Lookup outer, Dotenv.Lookup earlier) {}
}
