package dev.davit.network;

import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.linux.WholeFile;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Form;
import dev.davit.stored.Reading;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/// A directory with one JSON file for each thing that is remembered. A file is whole or not there.
/// What is durable has a copy beside it, which stands in for a file that cannot be read.
final class State<T> {
  private static final System.Logger LOG = System.getLogger(State.class.getName());
  private static final String SUFFIX = ".json";
  private static final String COPY = ".copy";

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
      // On the disk some time later: whoever starts then writes it again.
      WholeFile.replace(copy(id), content);
      WholeFile.replaceDurably(file, content);
    } else {
      WholeFile.replace(file, content);
    }
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private Path copy(String id) {
    return directory.resolve(id + COPY);
  }

  void delete(String id) {
    WholeFile.remove(copy(id));
    WholeFile.remove(file(id));
  }

  /// Everything that is there; what cannot be read is set aside.
  ///
  /// @param idOf by which a value was saved
  List<T> load(Function<T, String> idOf) {
    aside.giveBack(kept.kind(), form.format());
    var found = new ArrayList<T>();
    for (String id : ids()) {
      Reading<T> file = read(file(id), id, idOf);
      Reading<T> copy = kept.durable() ? read(copy(id), id, idOf) : new Absent<>();
      // With the other one whole, nothing is lost but a file.
      boolean lost = !(file instanceof Whole<T>) && !(copy instanceof Whole<T>);
      String kind = (lost ? "" : "file of ") + kept.kind();
      setAside(kind, file(id), file);
      setAside(kind, copy(id), copy);
      Stream.of(file, copy)
          .flatMap(reading -> reading instanceof Whole<T>(T value) ? Stream.of(value) : Stream.of())
          .findFirst()
          .ifPresent(
              value -> {
                found.add(value);
                mend(id, value, file, copy);
              });
    }
    return found;
  }

  private Reading<T> read(Path path, String id, Function<T, String> idOf) {
    return form.read(path) instanceof Whole<T>(T value) && !idOf.apply(value).equals(id)
        ? new Useless<>(Damage.of("it is that of " + idOf.apply(value)))
        : form.read(path);
  }

  private void mend(String id, T value, Reading<T> file, Reading<T> copy) {
    boolean whole = file instanceof Whole<T> && (!kept.durable() || copy instanceof Whole<T>);
    if (!whole) {
      try {
        save(id, value);
      } catch (UncheckedIOException e) {
        LOG.log(System.Logger.Level.WARNING, "{0} \"{1}\" is not saved: {2}", kept.kind(), id, e);
      }
    }
  }

  private Set<String> ids() {
    var ids = new TreeSet<String>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        for (String suffix : List.of(SUFFIX, COPY)) {
          if (name.endsWith(suffix)) {
            ids.add(name.substring(0, name.length() - suffix.length()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ids;
  }

  private void setAside(String kind, Path path, Reading<T> reading) {
    if (reading instanceof Useless<T>(Damage damage)) {
      setAside(kind, path, damage);
    }
  }

  private void setAside(String kind, Path path, Damage damage) {
    String id = String.valueOf(path.getFileName()).replaceFirst("\\.[a-z]+$", "");
    String name = damage.remains().text("name").orElse(id);
    var thing = new Thing(kind, name, damage.remains().labels());
    if (!aside.put(thing, path, damage) && !kept.durable()) {
      // It must not be in the way of what is derived in its place.
      try (Fd parent = Kernel.open(directory.toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
        RemoveTree.remove(parent, String.valueOf(path.getFileName()));
      }
    }
  }
}
