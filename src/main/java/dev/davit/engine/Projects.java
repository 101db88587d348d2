package dev.davit.engine;

import dev.davit.linux.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  Projects(Path directory) {
    this.directory = directory;
  }

  public Optional<byte[]> find(String project) {
    try {
      Path file = file(project);
      return isName(project) && Files.exists(file)
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
