package dev.davit.engine;

import dev.davit.linux.WholeFile;
import dev.davit.stored.Aside;
import dev.davit.stored.Damage;
import dev.davit.stored.Thing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is wanted of each project, as bytes that only their writer understands. They survive the
/// engine and the machine: what has been kept is on the disk.
public final class Projects {
  // A label may say anything, and this becomes the name of a file.
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,199}");
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final Aside aside;

  /// @param aside gets what cannot be read
  Projects(Path directory, Aside aside) {
    this.directory = directory;
    this.aside = aside;
  }

  /// What is kept of the project. A file that cannot be read is set aside, and is none.
  public Optional<byte[]> find(String project) {
    Path file = file(project);
    if (!isName(project) || !Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      setAside(project, "it is no regular file");
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      setAside(project, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// Sets aside what is kept of the project: its writer does not understand it.
  public synchronized void setAside(String project, String why) {
    Path file = file(project);
    if (isName(project) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      aside.put(Thing.of("wish of project", project), file, Damage.of(why));
    }
  }

  /// Replaces what was kept of the project before; nothing for a name that no project can have.
  public synchronized void keep(String project, byte[] content) {
    if (isName(project)) {
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      WholeFile.replaceDurably(file(project), content);
    }
  }

  public synchronized void forget(String project) {
    if (isName(project)) {
      WholeFile.remove(file(project));
    }
  }

  /// Those of which something is kept.
  public List<String> names() {
    return StateFiles.list(directory).stream()
        .map(file -> String.valueOf(file.getFileName()))
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .sorted()
        .toList();
  }

  private static boolean isName(String project) {
    return NAME.matcher(project).matches();
  }

  private Path file(String project) {
    return directory.resolve(project + SUFFIX);
  }
}
