package dev.davit.compose.load;

import dev.davit.compose.text.Numbers;
import dev.davit.compose.text.RemoteName;
import dev.davit.compose.tree.Problems;
import dev.davit.error.DavitException;
import dev.davit.error.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What variables mean: the caller's environment, then `--env-file`s or `.env`.
record EnvironmentFiles(LoadRequest request, Sources sources, Problems problems) {

  static EnvironmentFiles of(LoadRequest request) {
    return new EnvironmentFiles(request, Sources.of(request), new Problems());
  }

  /// As [#outer]; the caller's environment alone if that fails.
  Environment outerIfReadable() {
    try {
      return outer();
    } catch (DavitException unreadable) {
      return Environment.of(request.env());
    }
  }

  /// Before the Compose files are known: they may be named in here.
  Environment outer() {
    Environment caller = Environment.of(request.env());
    List<Path> named = named();
    return named.isEmpty() ? withImplicit(caller, home()) : withNamed(caller, named);
  }

  /// With the `.env` beside the first Compose file, which fills what is still unset.
  Environment beside(Environment outer, Path directory) {
    return named().isEmpty() && !directory.equals(home()) ? withImplicit(outer, directory) : outer;
  }

  /// The project directory as far as it is known before files are looked for.
  Path home() {
    Optional<Path> beside =
        request.files().stream()
            .findFirst()
            .filter(file -> !RemoteName.isArtifact(file))
            .map(Path::of)
            .filter(file -> !file.equals(Sources.STDIN))
            .map(file -> request.cwd().resolve(file).normalize().getParent());
    return request
        .projectDirectory()
        .map(request.cwd()::resolve)
        .or(() -> beside)
        .orElse(request.cwd())
        .normalize();
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

  private Environment withNamed(Environment caller, List<Path> files) {
    var reader = new EnvironmentReader(caller, problems);
    for (Path file : files) {
      Path absolute = request.cwd().resolve(file).normalize();
      String text =
          sources
              .text(absolute)
              .orElseThrow(
                  () -> sources.missing("environment file", sources.name(absolute), absolute));
      reader.read(Source.of(sources.name(absolute)), text);
    }
    return reader.all();
  }

  private Environment withImplicit(Environment outer, Path directory) {
    if (Numbers.isOn(outer.values().getOrDefault("COMPOSE_DISABLE_ENV_FILE", ""))) {
      return outer;
    }
    Path file = directory.resolve(".env").normalize();
    var reader = new EnvironmentReader(outer, problems);
    if (sources.isFile(file)) {
      sources.text(file).ifPresent(it -> reader.read(Source.of(sources.name(file)), it));
    }
    return reader.all();
  }
}
