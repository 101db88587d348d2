package dev.davit.compose.load;

import dev.davit.compose.Project;
import dev.davit.compose.Service;
import dev.davit.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assertions;

/// A directory of files to load, made for one test.
record Stack(
    Map<String, String> files,
    Map<String, String> env,
    List<String> named,
    List<String> profiles,
    List<String> selected) {

  static Stack of(String compose) {
    return new Stack(Map.of(), Map.of(), List.of(), List.of(), List.of())
        .file("compose.yaml", compose);
  }

  /// A service `web` with an image and these attributes.
  static Stack web(String attributes) {
    return of("services:\n  web:\n    image: davit/host\n" + attributes.indent(4));
  }

  Stack file(String name, String text) {
    var more = new LinkedHashMap<>(files);
    more.put(name, text);
    return new Stack(more, env, named, profiles, selected);
  }

  Stack env(String name, String value) {
    var more = new LinkedHashMap<>(env);
    more.put(name, value);
    return new Stack(files, more, named, profiles, selected);
  }

  /// The `-f` options.
  Stack named(String... names) {
    return new Stack(files, env, List.of(names), profiles, selected);
  }

  Stack profiles(String... names) {
    return new Stack(files, env, named, List.of(names), selected);
  }

  Stack selected(String... names) {
    return new Stack(files, env, named, profiles, List.of(names));
  }

  LoadResult load() {
    return load(LoadOptions.ALL);
  }

  LoadResult load(LoadOptions options) {
    try {
      Path top = Files.createTempDirectory("davit-compose-");
      try {
        Path dir = Files.createDirectory(top.resolve("shop"));
        for (var file : files.entrySet()) {
          Path path = dir.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.getValue());
        }
        return ComposeLoader.load(request(dir).with(options));
      } finally {
        delete(top);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LoadRequest request(Path dir) {
    return new LoadRequest(
        dir,
        env,
        named,
        Optional.empty(),
        Optional.empty(),
        profiles,
        List.of(),
        selected,
        () -> files.getOrDefault("stdin", ""),
        LoadOptions.ALL);
  }

  private static void delete(Path top) throws IOException {
    List<Path> all;
    try (var walk = Files.walk(top)) {
      all = walk.toList();
    }
    for (Path path : all.reversed()) {
      Files.delete(path);
    }
  }

  Project project() {
    return load().project();
  }

  Service service() {
    return project().services().get("web");
  }

  /// All errors as they are printed.
  String errors() {
    return Assertions.assertThrows(ComposeFileException.class, this::load).getMessage() + "\n";
  }

  List<Problem> problems() {
    return Assertions.assertThrows(ComposeFileException.class, this::load).problems();
  }

  /// The message of every error with its path.
  String messages() {
    return problems().stream()
        .map(problem -> problem.path() + ": " + problem.message() + "\n")
        .collect(Collectors.joining());
  }

  /// The message of the only error.
  String error() {
    List<Problem> problems = problems();
    Assertions.assertEquals(1, problems.size(), problems::toString);
    return problems.getFirst().path() + ": " + problems.getFirst().message();
  }

  /// The message of the only warning.
  String warning() {
    List<Problem> problems = load().warnings();
    Assertions.assertEquals(1, problems.size(), problems::toString);
    return problems.getFirst().path() + ": " + problems.getFirst().message();
  }

  String warnings() {
    return load().warnings().stream().map(Problem::print).collect(Collectors.joining("\n")) + "\n";
  }
}
