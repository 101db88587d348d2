package dev.davit.network;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.WholeFile;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Form;
import dev.davit.stored.Reading.Absent;
import dev.davit.stored.Reading.Useless;
import dev.davit.stored.Reading.Whole;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A directory with one JSON file for each thing that is remembered. A file is whole or not there.
final class State<T> {
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Form<T> form;
  private final Kept kept;
  private final Aside aside;

  /// What its files are.
  ///
  /// @param kind in words: `network`
  /// @param durable whether they shall survive a power cut, at the price of waiting for the disk;
  ///   if not, they only survive this process
  record Kept(String kind, boolean durable) {}

  /// @param aside gets what cannot be read
  State(Path directory, Form<T> form, Kept kept, Aside aside) {
    this.directory = directory;
    this.form = form;
    this.kept = kept;
    this.aside = aside;
    aside.makeDirectory(directory);
  }

  void save(String id, T value) {
    Path file = file(id);
    byte[] content = form.encode(value);
    if (kept.durable()) {
      WholeFile.replaceDurably(file, content);
    } else {
      WholeFile.replace(file, content);
    }
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  void delete(String id) {
    WholeFile.remove(file(id));
  }

  /// Everything that is there; what cannot be read is set aside.
  ///
  /// @param idOf by which a value was saved
  List<T> load(Function<T, String> idOf) {
    aside.giveBack(kept.kind(), form.format());
    var found = new ArrayList<T>();
    for (String id : ids()) {
      switch (form.read(file(id))) {
        case Whole<T>(T value) when idOf.apply(value).equals(id) -> found.add(value);
        case Whole<T>(T value) -> setAside(id, Damage.of("it is that of " + idOf.apply(value)));
        case Useless<T>(Damage damage) -> setAside(id, damage);
        case Absent<T> _ -> {}
      }
    }
    return found;
  }

  private List<String> ids() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void setAside(String id, Damage damage) {
    String name = damage.remains().text("name").orElse(id);
    var thing = new Thing(kept.kind(), name, damage.remains().labels());
    if (!aside.put(thing, file(id), damage) && !kept.durable()) {
      // It must not be in the way of what is derived in its place.
      try (Fd parent = Kernel.open(directory.toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
        RemoveTree.remove(parent, id + SUFFIX);
      }
    }
  }
}
