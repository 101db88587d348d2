package dev.davit.faults;

import dev.davit.client.Places;
import dev.davit.faults.FaultyEngine.Ran;
import dev.davit.test.Leaks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// One engine after the other on the same directories, and what each has to leave as it was.
final class Bench implements AutoCloseable {
  private final Path directory;
  private final EngineHome home;
  private final Places places;
  private final Leaks leaks;
  private List<String> wrapper = List.of();
  private FaultyEngine engine;
  private Set<String> usual = Set.of();

  Bench(Path directory) throws Exception {
    this.directory = directory;
    home = EngineHome.in(directory.resolve("home"));
    places =
        new Places(directory.resolve("root"), directory.resolve("run"), directory.resolve("home"));
    leaks = Leaks.watch(places.root(), places.run());
    engine = FaultyEngine.start(home, places, "", wrapper);
  }

  /// Engines from now on are started by the command line behind these words.
  void startEnginesBy(List<String> words) throws Exception {
    engine.kill();
    wrapper = words;
    restart();
  }

  Path directory() {
    return directory;
  }

  Path root() {
    return places.root();
  }

  FaultyEngine engine() {
    return engine;
  }

  /// Another engine after the one that died.
  void restart() throws Exception {
    restart("");
  }

  /// @param first an order for [FaultPoints]
  void restart(String first) throws Exception {
    engine = FaultyEngine.start(home, places, first, wrapper);
  }

  Ran davit(String... argv) {
    return engine.davit(directory, Map.of(), List.of(argv));
  }

  /// What is there now is nothing of a project's: [#left] does not tell it.
  void callThisEmpty() {
    usual = files();
  }

  /// To be called while there is something, so that it is known by name later.
  void mark() {
    leaks.mark();
  }

  /// What a project has left, in the kernel and in the engine's directories.
  List<String> left() {
    var left = new ArrayList<String>();
    leaks.left().stream()
        .filter(thing -> !thing.startsWith("process " + engine.pid() + " "))
        .filter(thing -> !thing.contains("mount " + places.run() + "/contents "))
        .forEach(left::add);
    files().stream().filter(file -> !usual.contains(file)).map("file "::concat).forEach(left::add);
    return left;
  }

  private Set<String> files() {
    var files = new TreeSet<String>();
    for (Path top : List.of(places.root(), places.run())) {
      add(top, files);
    }
    return files;
  }

  private void add(Path file, Set<String> to) {
    if (file.startsWith(places.log().resolveSibling("")) || file.startsWith(places.natives())) {
      return;
    }
    to.add(directory.relativize(file).toString());
    if (Files.isDirectory(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> inside = Files.list(file)) {
        inside.forEach(each -> add(each, to));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    engine.endNow();
  }
}
