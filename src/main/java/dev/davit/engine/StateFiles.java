package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// `config.json` and `state.json` of each container. A file is replaced as a whole, so that an
/// engine that dies leaves the old or the new one. A `config.json` is on the disk before it is
/// visible: a torn one would make a container a leftover. The rest is synced behind the caller's
/// back: only the machine's end can lose the last moments, and a running container is none after
/// that anyhow.
final class StateFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);
  // What is a list today may have been a single value in a file of yesterday, or not there at all.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private final EngineDirectories directories;
  private final ExecutorService syncing =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("davit-sync").factory());

  StateFiles(EngineDirectories directories) {
    this.directories = directories;
  }

  /// What is on disk of one container.
  record Stored(Definition definition, Saved saved) {}

  void save(Definition definition) {
    Path file = directories.container(definition.id()).resolve("config.json");
    WholeFile.replaceWhole(file, JSON.writeValueAsBytes(definition));
    syncing.execute(() -> sync(file));
  }

  void save(String id, Saved saved) {
    Path file = directories.container(id).resolve("state.json");
    WholeFile.replace(file, JSON.writeValueAsBytes(saved));
    if (!saved.state().alive()) {
      syncing.execute(() -> sync(file));
    }
  }

  private static void sync(Path file) {
    try {
      WholeFile.sync(file);
    } catch (IOException e) {
      LOG.debug("{} is gone or cannot be synced", file, e);
    }
  }

  /// Every container on disk. One without a whole `config.json` was never created or half removed:
  /// its directory is given to `leftover`.
  List<Stored> load(java.util.function.Consumer<Path> leftover) {
    var stored = new ArrayList<Stored>();
    for (Path directory : list(directories.containers())) {
      read(directory.resolve("config.json"), Definition.class)
          .ifPresentOrElse(
              definition ->
                  stored.add(
                      new Stored(
                          definition,
                          read(directory.resolve("state.json"), Saved.class).orElse(Saved.NEW))),
              () -> leftover.accept(directory));
    }
    return stored;
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
    } catch (JacksonException e) {
      LOG.warn("{} is torn and left aside", file, e);
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What is directly below `directory`; nothing if that is not there.
  static List<Path> list(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes `directory` with all that is in it, following no symbolic link; no error if it is not
  /// there.
  static void delete(Path directory) {
    if (!Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(directory, new Deletion());
    } catch (IOException e) {
      throw new DavitException(
          Kind.INTERNAL, "directory \"" + directory + "\" cannot be removed", null, e);
    }
  }

  @Override
  public void close() {
    syncing.close();
  }
}
