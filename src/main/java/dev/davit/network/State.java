package dev.davit.network;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Syscall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    Path part = directory.resolve(id + ".part");
    try {
      try (var out =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(value));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        if (durable) {
          out.force(true);
        }
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      if (durable) {
        syncDirectory();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String id) {
    try {
      Files.deleteIfExists(directory.resolve(id + SUFFIX));
      Files.deleteIfExists(directory.resolve(id + ".part"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

  private void syncDirectory() {
    try (Fd fd = Kernel.open(directory.toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
      Kernel.call(Syscall.FSYNC, fd.number());
    }
  }
}
