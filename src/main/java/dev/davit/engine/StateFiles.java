package dev.davit.engine;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.WholeFile;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Form;
import dev.davit.stored.Reading.Absent;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import dev.davit.stored.Remains;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `config.json` and `state.json` of each container. A file is replaced as a whole, so that an
/// engine that dies leaves the old or the new one. A `config.json` is on the disk before it is
/// visible: without a whole one nobody knows what the container is. The rest is synced behind the
/// caller's back: only the machine's end can lose the last moments, and a running container is none
/// after that anyhow.
final class StateFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StateFiles.class);
  private static final Form<Definition> DEFINITION = Form.of(Definition.class, 1);
  private static final Form<Saved> SAVED = Form.of(Saved.class, 1);
  private static final String CONTAINER = "container";
  private static final String CONFIG = "config.json";
  private static final String STATE = "state.json";
  private static final String GONE = ".gone-";

  private final EngineDirectories directories;
  private final Aside aside;
  private final ExecutorService syncing =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("davit-sync").factory());

  StateFiles(EngineDirectories directories) {
    this.directories = directories;
    this.aside = new Aside(directories.root());
  }

  /// What is on disk of one container.
  record Stored(Definition definition, Saved saved) {}

  void save(Definition definition) {
    Path file = directories.container(definition.id()).resolve(CONFIG);
    WholeFile.replaceWhole(file, DEFINITION.encode(definition));
    syncing.execute(() -> sync(file));
  }

  void save(String id, Saved saved) {
    Path file = directories.container(id).resolve(STATE);
    WholeFile.replace(file, SAVED.encode(saved));
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

  /// Every container on disk. One that cannot be read is set aside, with its writable layer and its
  /// logs; one whose state cannot be read has ended in a way that nobody knows.
  List<Stored> load() {
    aside.giveBack(CONTAINER, DEFINITION.format());
    var stored = new ArrayList<Stored>();
    for (Path directory : list(directories.containers())) {
      String name = String.valueOf(directory.getFileName());
      if (name.startsWith(GONE)) {
        delete(directory); // The engine ended in the midst of it.
      } else if (Ids.isId(name)) {
        definition(name, directory)
            .ifPresent(known -> stored.add(new Stored(known, saved(known, directory))));
      }
    }
    return stored;
  }

  private Optional<Definition> definition(String id, Path directory) {
    return switch (DEFINITION.read(directory.resolve(CONFIG))) {
      case Whole<Definition>(Definition found) when found.id().equals(id) -> Optional.of(found);
      case Whole<Definition>(Definition found) -> {
        setAside(found, Damage.of("config.json is that of container " + found.id()), directory);
        yield Optional.empty();
      }
      case Useless<Definition>(Damage damage) -> {
        setAside(id, damage, directory);
        yield Optional.empty();
      }
      case Absent<Definition> _ -> {
        if (holdsFiles(directory)) {
          setAside(id, Damage.of("config.json is gone"), directory);
        } else {
          delete(directory); // Its creation was not finished.
        }
        yield Optional.empty();
      }
    };
  }

  /// Sets a container aside that is known and cannot be.
  void setAside(Definition definition, Damage damage) {
    setAside(definition, damage, directories.container(definition.id()));
  }

  private void setAside(Definition definition, Damage damage, Path directory) {
    ContainerConfig config = definition.config();
    aside.put(new Thing(CONTAINER, config.name(), config.labels()), directory, damage);
  }

  private void setAside(String id, Damage damage, Path directory) {
    Remains remains = damage.remains();
    String name = remains.text("name").orElseGet(() -> Ids.shortened(id));
    aside.put(new Thing(CONTAINER, name, remains.labels()), directory, damage);
  }

  // A definition that has not got its name yet is that of a container that nobody has seen.
  private static boolean holdsFiles(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> !path.equals(WholeFile.part(directory.resolve(CONFIG))))
          .anyMatch(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException | UncheckedIOException e) {
      return true;
    }
  }

  private Saved saved(Definition definition, Path directory) {
    Path file = directory.resolve(STATE);
    return switch (SAVED.read(file)) {
      case Whole<Saved>(Saved found) -> found;
      case Useless<Saved>(Damage damage) -> {
        ContainerConfig config = definition.config();
        aside.put(new Thing("state of container", config.name(), config.labels()), file, damage);
        yield Saved.lost(damage.why());
      }
      // Whatever has been started has a run directory, until it is known to have ended.
      case Absent<Saved> _ ->
          Files.exists(directories.runContainer(definition.id()))
              ? Saved.lost(STATE + " is gone")
              : Saved.NEW;
    };
  }

  /// The error for a container that is not there.
  DavitException missing(String ref) {
    return aside.missing(CONTAINER, ref, null);
  }

  /// Removes what a container has on disk; whoever looks finds all of it or nothing.
  void delete(String id) {
    Path directory = directories.container(id);
    Path going = directory.resolveSibling(GONE + id);
    try {
      Files.move(directory, going, StandardCopyOption.ATOMIC_MOVE);
      delete(going);
    } catch (IOException e) {
      LOG.debug("{} is removed where it is", directory, e);
      delete(directory);
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
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
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
