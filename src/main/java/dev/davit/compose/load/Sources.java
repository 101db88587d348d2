package dev.davit.compose.load;

import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The only class of the loader that reads files.
final class Sources {
  /// In a directory with more files no name is searched for.
  private static final int MAX_NEAR = 2000;

  /// In bytes; what is larger was not written for this.
  private static final long LARGEST = 64 << 20;

  private static final Path NOTHING = Path.of("/dev/null");

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

  boolean isFile(Path file) {
    return Files.isRegularFile(file);
  }

  /// The text of a file, or empty where there is none.
  Optional<String> text(Path file) {
    if (file.equals(STDIN)) {
      return Optional.of(stdin.get());
    }
    try {
      return Optional.of(file.equals(NOTHING) ? "" : decoded(bytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw unreadable(file, "it is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, Files.isDirectory(file) ? "it is a directory" : "no permission");
    }
  }

  /// What has no end, or one that nobody knows, is not waited for.
  private byte[] bytes(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isOther()) {
      throw unreadable(file, "it is a pipe or a device");
    }
    if (attributes.size() > LARGEST) {
      throw unreadable(file, "it is larger than 64 MB");
    }
    return Files.readAllBytes(file);
  }

  /// By its byte order mark UTF-16, else UTF-8.
  private static String decoded(byte[] bytes) throws CharacterCodingException {
    String mark = HexFormat.of().formatHex(bytes, 0, Math.min(2, bytes.length));
    boolean wide = mark.equals("feff") || mark.equals("fffe");
    Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  /// `did you mean "web.env"?`, where the directory of a missing file has one of such a name.
  @Nullable String near(Path missing) {
    Path directory = missing.getParent();
    if (directory == null) {
      return null;
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.limit(MAX_NEAR).map(this::name).toList();
      return Suggestion.of(name(missing), names);
    } catch (IOException e) {
      return null;
    }
  }

  /// @param written what the command line calls it
  ArgumentException missing(String what, String written, Path file) {
    String message = what + " \"" + name(file) + "\" not found";
    return new ArgumentException(Code.NO_SUCH_FILE, message, near(file), written);
  }

  private UnreadableFileException unreadable(Path file, String why) {
    return new UnreadableFileException(name(file), why);
  }

  /// What messages call a file: relative to the working directory where it lies below.
  String name(Path file) {
    if (file.equals(STDIN)) {
      return "stdin";
    }
    if (file.equals(cwd)) {
      return ".";
    }
    return file.startsWith(cwd) ? cwd.relativize(file).toString() : file.toString();
  }
}
