package dev.davit.compose.fuzz;

import dev.davit.compose.attribute.AttributeCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A project of this repository: the text of its files by their names.
///
/// @param main the Compose file
record Sample(String name, String main, Map<String, String> files) {
  private static final Path RESOURCES = Path.of("src/test/resources/dev/davit/compose");

  static List<Sample> all() {
    return Stream.of(
            below(Path.of("compose-samples")),
            below(Path.of("examples")),
            below(RESOURCES.resolve("diagnostics")),
            below(RESOURCES.resolve("config")),
            below(Path.of("src/test/scenarios")),
            AttributeCase.all().flatMap(Sample::of))
        .flatMap(it -> it)
        .toList();
  }

  private static Stream<Sample> of(AttributeCase attribute) {
    return attribute.sections().stream()
        .filter(it -> !it.title().equals("around"))
        .map(it -> attribute.file(it))
        .distinct()
        .map(it -> new Sample(attribute.name(), "compose.yaml", Map.of("compose.yaml", it)));
  }

  private static Stream<Sample> below(Path directory) {
    return list(directory).stream().filter(Files::isDirectory).flatMap(it -> read(it).stream());
  }

  private static Optional<Sample> read(Path directory) {
    var files = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        text(file).ifPresent(it -> files.put(directory.relativize(file).toString(), it));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Stream.of("compose.yaml", "compose.yml", "a.yaml")
        .filter(files::containsKey)
        .findFirst()
        .map(main -> new Sample(directory.toString(), main, files));
  }

  private static Optional<String> text(Path file) throws IOException {
    try {
      return Optional.of(Files.readString(file));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Sample with(String file, String text) {
    var other = new TreeMap<>(files);
    other.put(file, text);
    return new Sample(name, main, other);
  }

  /// For somebody who has to look at it.
  @Override
  public String toString() {
    var out = new StringBuilder(name).append('\n');
    files.forEach((file, text) -> out.append("----- ").append(file).append('\n').append(text));
    return out.toString();
  }
}
