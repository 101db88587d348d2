package dev.davit.compose.attribute;

import dev.davit.compose.attribute.AttributeCase.Section;
import dev.davit.compose.load.ComposeLoader;
import dev.davit.compose.load.LoadOptions;
import dev.davit.compose.load.LoadRequest;
import dev.davit.compose.load.LoadResult;
import dev.davit.compose.tree.Document;
import dev.davit.compose.tree.Mapping;
import dev.davit.compose.tree.Node;
import dev.davit.compose.tree.Problems;
import dev.davit.compose.tree.Scalar;
import dev.davit.compose.tree.Sequence;
import dev.davit.compose.tree.YamlReader;
import dev.davit.compose.write.ComposeWriter;
import dev.davit.error.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Sections of a case, loaded as the files of a project in `/shop`.
record Loaded(AttributeCase attribute, LoadResult result) {

  /// @param sections the first file, and those over it
  static Loaded of(AttributeCase attribute, Section... sections) {
    try {
      Path directory = Files.createTempDirectory("davit-attribute-");
      var files = new ArrayList<String>();
      try {
        attribute.only("around").ifPresent(it -> files.add(write(directory, "around", it.yaml())));
        for (Section section : sections) {
          files.add(write(directory, files.size() + section.title(), attribute.file(section)));
        }
        return new Loaded(attribute, ComposeLoader.load(request(directory, files)));
      } finally {
        for (String file : files) {
          Files.delete(directory.resolve(file));
        }
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String write(Path directory, String name, String yaml) {
    try {
      Files.writeString(directory.resolve(name + ".yaml"), yaml);
      return name + ".yaml";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LoadRequest request(Path directory, List<String> files) {
    return new LoadRequest(
            directory,
            Map.of(),
            files,
            Optional.of("shop"),
            Optional.of(Path.of("/shop")),
            List.of("*"),
            List.of(),
            List.of(),
            () -> "",
            LoadOptions.ALL)
        .with(LoadOptions.ALL.withoutFiles());
  }

  /// What `davit config` prints of the attribute.
  String text() {
    Node node = read(ComposeWriter.yaml(result.model()));
    for (String step : Surroundings.of(attribute.name()).path().steps()) {
      node =
          node instanceof Sequence list
              ? list.items().getFirst()
              : ((Mapping) node).get(step).orElse(node);
    }
    return text(node, attribute.attribute());
  }

  /// The same text of a section that says what is expected.
  static String expected(AttributeCase attribute, Section section) {
    return text(read(section.yaml()), attribute.attribute());
  }

  private static String text(Node parent, String name) {
    return parent instanceof Mapping mapping
        ? mapping.get(name).map(Loaded::text).orElse("absent")
        : "absent";
  }

  private static Node read(String yaml) {
    return YamlReader.read(Source.of("expected"), yaml, new Problems()).stream()
        .map(Document::tree)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no YAML: " + yaml));
  }

  private static String text(Node node) {
    return switch (node) {
      case Scalar scalar when scalar.type() == Scalar.Type.TEXT -> '"' + scalar.text() + '"';
      case Scalar scalar when scalar.isNull() -> "null";
      case Scalar scalar -> scalar.text();
      case Sequence list -> list.items().stream().map(Loaded::text).toList().toString();
      case Mapping mapping -> {
        var sorted = new TreeMap<String, String>();
        mapping.keys().forEach(key -> sorted.put(key, text(mapping.get(key).orElseThrow())));
        yield sorted.toString();
      }
    };
  }

  /// Of the service `web`.
  String hash() {
    return result.project().services().get("web").configHash().text();
  }
}
