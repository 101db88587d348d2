package dev.davit.compose.load;

import dev.davit.compose.text.RemoteName;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.TreePath;
import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import dev.davit.error.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the Compose files of a request: `-f`, else `COMPOSE_FILE`, else by name from the working
/// directory upwards, with the override file beside.
record FileSearch(
    LoadRequest request, Map<String, String> environment, Sources sources, Problems problems) {
  private static final List<String> NAMES =
      List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");

  private static final List<String> OVERRIDES =
      List.of(
          "compose.override.yml",
          "compose.override.yaml",
          "docker-compose.override.yml",
          "docker-compose.override.yaml");

  /// Absolute paths, [Sources#STDIN] for stdin, in the order of merging.
  List<Path> files() {
    if (!request.files().isEmpty()) {
      return named(request.files());
    }
    String variable = environment.getOrDefault("COMPOSE_FILE", "");
    if (!variable.isEmpty()) {
      String separator = environment.getOrDefault("COMPOSE_PATH_SEPARATOR", ":");
      List<String> names = List.of(variable.split(Pattern.quote(separator)));
      refuseCutAddresses(names);
      return named(names);
    }
    return found();
  }

  /// `COMPOSE_FILE=oci://example.com/shop` is a list of two files.
  private static void refuseCutAddresses(List<String> names) {
    int oci = names.indexOf("oci");
    if (oci >= 0 && oci + 1 < names.size() && names.get(oci + 1).startsWith("//")) {
      throw new ArgumentException(
          Code.NO_SUCH_FILE,
          "COMPOSE_FILE has an oci:// address, and a colon is what separates its files",
          "say COMPOSE_PATH_SEPARATOR=, and write commas between them",
          null);
    }
  }

  private List<Path> named(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                RemoteName.isArtifact(name)
                    ? sources.fetched(name).stream()
                    : Stream.of(named(name)))
        .toList();
  }

  private Path named(String file) {
    Path path = Path.of(file);
    if (path.equals(Sources.STDIN)) {
      return path;
    }
    Path absolute = request.cwd().resolve(path).normalize();
    if (!sources.exists(absolute)) {
      if (RemoteName.matches(file)) {
        throw new ArgumentException(
            Code.NOT_SUPPORTED,
            "remote file \"" + file + "\" is not supported yet",
            "clone it, and name the file in the clone; projects in registries are oci://...",
            file);
      }
      throw sources.missing("compose file", file, absolute);
    }
    return absolute;
  }

  private List<Path> found() {
    Path start = request.projectDirectory().map(request.cwd()::resolve).orElse(request.cwd());
    for (@Nullable Path dir = start.normalize(); dir != null; dir = dir.getParent()) {
      Optional<Path> main = first("compose files", dir, NAMES);
      if (main.isPresent()) {
        var files = new ArrayList<>(List.of(main.get()));
        first("override files", dir, OVERRIDES).ifPresent(files::add);
        return files;
      }
    }
    throw new ArgumentException(
        Code.NO_SUCH_FILE,
        "no compose file in \"" + start + "\" or above it",
        "write a compose.yaml, or name a file with -f; looked for " + String.join(", ", NAMES),
        null);
  }

  private Optional<Path> first(String what, Path dir, List<String> names) {
    List<Path> found = names.stream().map(dir::resolve).filter(sources::exists).toList();
    if (found.size() > 1) {
      tellOthers(what, found);
    }
    return found.stream().findFirst();
  }

  private void tellOthers(String what, List<Path> found) {
    String used = sources.name(found.getFirst());
    String others =
        found.stream()
            .skip(1)
            .map(it -> "\"" + sources.name(it) + "\"")
            .collect(Collectors.joining(", "));
    problems.warning(
        Code.SEVERAL_FILES,
        new Place(used, Place.NO_LINE, 1),
        TreePath.ROOT,
        "several " + what + " here: this one is used, and not " + others,
        "remove the others, or name with -f what is meant");
  }
}
