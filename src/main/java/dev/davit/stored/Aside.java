package dev.davit.stored;

import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.linux.Fd;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.RemoveTree;
import dev.davit.stored.Reading.Whole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What could not be used is moved here, into a directory `WHEN-KIND-NAME` each, and stays until
/// its user removes it. `about.json` in it says what it was. Several of these may work on one
/// directory.
public final class Aside {
  private static final System.Logger LOG = System.getLogger(Aside.class.getName());
  private static final Form<About> ABOUT = Form.of(About.class, 1);
  private static final String ABOUT_FILE = "about.json";
  private static final String TOLD = "told";
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final int MOST_ALIKE = 10_000;

  private final Path directory;

  /// @param root the data directory
  public Aside(Path root) {
    this.directory = root.toAbsolutePath().resolve("aside");
  }

  /// @param from where it was
  /// @param why it could not be used
  /// @param laterFormat of a later Davit in which it is written, else 0
  record About(Thing thing, String from, String why, Instant when, int laterFormat) {}

  /// Something that is set aside.
  ///
  /// @param id by which it is removed, the name of its directory
  /// @param from where it was
  /// @param why it could not be used
  /// @param place where it is now
  public record Entry(String id, Thing thing, String from, String why, Instant when, Path place) {}

  /// Moves what is at `path` here, and logs that. What cannot be moved stays where it is, which is
  /// logged as well: nobody else is to suffer from it.
  ///
  /// @return whether `path` is free now
  public boolean put(Thing thing, Path path, Damage damage) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try {
      Path place = fresh(WHEN.format(now) + "-" + word(thing.kind()) + "-" + word(thing.name()));
      try {
        var about = new About(thing, path.toString(), damage.why(), now, damage.format());
        Files.write(place.resolve(ABOUT_FILE), ABOUT.encode(about));
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          move(path, place.resolve(path.getFileName()));
        }
      } catch (IOException | RuntimeException e) {
        removeTree(place);
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} cannot be used and is set aside in \"{1}\": {2}",
          thing,
          place,
          damage.why());
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} cannot be used: {1}; and \"{2}\" cannot be set aside, it is left alone: {3}",
          thing,
          damage.why(),
          path,
          e);
      return false;
    }
  }

  /// As [#put] where nothing is left that could be moved.
  public void note(Thing thing, Damage damage) {
    put(thing, directory.resolve("nothing"), damage);
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to); // It is on another file system, as all that does not outlive a boot.
    }
  }

  // What a stranger may have chosen becomes part of a file's name.
  private static String word(String text) {
    String word = text.replaceAll("[^A-Za-z0-9_.-]+", "-");
    return word.substring(0, Math.min(60, word.length()));
  }

  private Path fresh(String name) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, PRIVATE);
    }
    for (int number = 1; number < MOST_ALIKE; number++) {
      try {
        return Files.createDirectory(
            directory.resolve(number == 1 ? name : name + "-" + number), PRIVATE);
      } catch (FileAlreadyExistsException e) {
        // Several of one name in one second.
      }
    }
    throw new FileAlreadyExistsException(name);
  }

  /// Makes `path` a directory that is there; what is in its place and is none is set aside.
  public void makeDirectory(Path path) {
    try {
      if (!Files.isDirectory(path) && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        put(Thing.of("file", path.toString()), path, Damage.of("it is no directory"));
      }
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Everything that is set aside, the oldest first.
  public List<Entry> list() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> places = Files.list(directory)) {
      return places
          .filter(Files::isDirectory)
          .map(Aside::entry)
          .sorted(Comparator.comparing(Entry::when).thenComparing(Entry::id))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Entry entry(Path place) {
    String id = String.valueOf(place.getFileName());
    return ABOUT.read(place.resolve(ABOUT_FILE)) instanceof Whole<About>(About about)
        ? new Entry(id, about.thing(), about.from(), about.why(), about.when(), place)
        : new Entry(id, Thing.of("thing", id), "", "about.json is gone", Instant.EPOCH, place);
  }

  /// Those that nobody has been told of yet.
  public List<Entry> untold() {
    return list().stream().filter(it -> !Files.exists(it.place().resolve(TOLD))).toList();
  }

  /// Remembers that its user knows.
  public void told(Entry entry) {
    try {
      Files.write(entry.place().resolve(TOLD), new byte[0]);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "it will be told again", e);
    }
  }

  /// Removes something that is set aside, for good; NOT_FOUND if there is none of that id.
  public void remove(String id) {
    Entry entry =
        list().stream()
            .filter(it -> it.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND,
                        "nothing is set aside as \"%s\"".formatted(id),
                        "\"davit engine aside ls\" shows what is"));
    removeTree(entry.place());
  }

  private void removeTree(Path place) {
    try (Fd parent = Kernel.open(directory.toString(), Open.RDONLY | Open.DIRECTORY, 0)) {
      RemoveTree.remove(parent, String.valueOf(place.getFileName()));
    }
  }

  /// Puts back what a later Davit had written and this one can read, where its place is free.
  ///
  /// @param format the last version that is understood
  public void giveBack(String kind, int format) {
    for (Entry entry : list()) {
      Path about = entry.place().resolve(ABOUT_FILE);
      if (entry.thing().kind().equals(kind)
          && ABOUT.read(about) instanceof Whole<About>(About it)
          && it.laterFormat() > 0
          && it.laterFormat() <= format) {
        giveBack(entry);
      }
    }
  }

  private void giveBack(Entry entry) {
    Path from = Path.of(entry.from());
    try {
      if (!Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(entry.place().resolve(from.getFileName()), from, StandardCopyOption.ATOMIC_MOVE);
        removeTree(entry.place());
        LOG.log(System.Logger.Level.INFO, "{0} can be read now and is back", entry.thing());
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "{0} is not put back: {1}", entry.thing(), e);
    }
  }

  /// Whether something of that name is set aside.
  public boolean holds(String kind, String name) {
    return !named(kind, name).isEmpty();
  }

  private List<Entry> named(String kind, String name) {
    return list().stream()
        .filter(it -> it.thing().kind().equals(kind) && it.thing().name().equals(name))
        .toList();
  }

  /// The error for a name of which nothing is there; it says so if it was set aside.
  ///
  /// @param action what to do next where it never was there
  public DavitException missing(String kind, String name, @Nullable String action) {
    List<Entry> aside = named(kind, name);
    return aside.isEmpty()
        ? new DavitException(
            Kind.NOT_FOUND, "%s \"%s\" does not exist".formatted(kind, name), action)
        : new DavitException(
            Kind.NOT_FOUND,
            "%s \"%s\" does not exist any more: %s".formatted(kind, name, aside.getLast().why()),
            "it is set aside in \"%s\"; \"davit engine aside ls\" says more"
                .formatted(aside.getLast().place()));
  }
}
