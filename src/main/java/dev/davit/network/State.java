package dev.davit.network;

import dev.davit.linux.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A directory with one JSON file for each thing that is remembered. A file is whole or not there.
final class State<T> {
  private static final System.Logger LOG = System.getLogger(State.class.getName());
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Class<T> type;
  private final boolean durable;

  /// @param durable whether it shall survive a power cut, at the price of waiting for the disk; if
  ///   not, it only survives this process
  State(Path directory, Class<T> type, boolean durable) {
    this.directory = directory;
    this.type = type;
    this.durable = durable;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void save(String id, T value) {
    Path file = directory.resolve(id + SUFFIX);
    byte[] content = JSON.writeValueAsBytes(value);
    if (durable) {
      WholeFile.replaceDurably(file, content);
    } else {
      WholeFile.replace(file, content);
    }
  }

  void delete(String id) {
    WholeFile.remove(directory.resolve(id + SUFFIX));
  }

  /// Everything that is there; a file that cannot be read is logged and left alone, or deleted if
  /// it was not meant to be durable.
  List<T> load() {
    var found = new ArrayList<T>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        try {
          found.add(JSON.readValue(Files.readAllBytes(file), type));
        } catch (JacksonException e) {
          LOG.log(System.Logger.Level.WARNING, "\"{0}\" cannot be read: {1}", file, e.getMessage());
          if (!durable) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
