package dev.davit.compose.load;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// The only class of the loader that reads files.
final class Sources {
  static final Path STDIN = Path.of("-");

  private final Path cwd;
  private final Supplier<String> stdin;

  Sources(Path cwd, Supplier<String> stdin) {
    this.cwd = cwd;
    this.stdin = stdin;
  }

  boolean exists(Path file) {
    return Files.exists(file);
  }

  /// The text of a file, or empty where there is none.
  Optional<String> text(Path file) {
    if (file.equals(STDIN)) {
      return Optional.of(stdin.get());
    }
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (MalformedInputException e) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, Files.isDirectory(file) ? "it is a directory" : "no permission");
    }
  }

  private UnreadableFileException unreadable(Path file, String why) {
    return new UnreadableFileException(name(file), why);
  }

  /// What messages call a file: relative to the working directory where it lies below.
  String name(Path file) {
    if (file.equals(STDIN)) {
      return "stdin";
    }
    boolean below = file.startsWith(cwd) && !file.equals(cwd);
    return below ? cwd.relativize(file).toString() : file.toString();
  }
}
