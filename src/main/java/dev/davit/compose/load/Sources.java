package dev.davit.compose.load;

import dev.davit.compose.load.RemoteFiles.Fetched;
import dev.davit.error.ArgumentException;
import dev.davit.error.Code;
import dev.davit.error.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The only class of the loader that reads files.
final class Sources {
  /// In a directory with more files no name is searched for.
  private static final int MAX_NEAR = 2000;

  /// In bytes; what is larger was not written for this.
  private static final int LARGEST = 64 << 20;

  private static final Path NOTHING = Path.of("/dev/null");

  static final Path STDIN = Path.of("-");
  static final String STDIN_NAME = "stdin";

  private final Path cwd;
  private final Supplier<String> stdin;
  private final RemoteFiles remote;
  private final Map<String, Fetched> fetched = new LinkedHashMap<>();

  Sources(Path cwd, Supplier<String> stdin, RemoteFiles remote) {
    this.cwd = cwd;
    this.stdin = stdin;
    this.remote = remote;
  }

  static Sources of(LoadRequest request) {
    return new Sources(request.cwd(), request.stdin(), request.remote());
  }

  /// The Compose files of what `oci://` names, in the order of merging.
  List<Path> fetched(String name) {
    Fetched project = fetched.computeIfAbsent(name, remote::fetch);
    return project.main().stream().map(project.directory()::resolve).toList();
  }

  /// What a file came with; empty for one of this machine.
  private Optional<Fetched> project(Path file) {
    Path path = file.normalize();
    return fetched.values().stream().filter(it -> path.startsWith(it.directory())).findFirst();
  }

  /// The directory of a fetched file.
  Optional<Path> fetchedInto(Path file) {
    return project(file).map(Fetched::directory);
  }

  private static String nameIn(Fetched project, Path file) {
    return project.directory().relativize(file.normalize()).toString();
  }

  boolean exists(Path file) {
    return Files.exists(file);
  }

  /// The file itself, whatever links lead there.
  Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  boolean isFile(Path file) {
    return project(file)
        .map(it -> it.files().containsKey(nameIn(it, file)))
        .orElseGet(() -> Files.isRegularFile(file));
  }

  /// The text of a file, or empty where there is none.
  Optional<String> text(Path file) {
    if (file.equals(STDIN)) {
      return Optional.of(stdin.get());
    }
    Optional<Fetched> project = project(file);
    if (project.isPresent()) {
      return project.map(it -> it.files().get(nameIn(it, file)));
    }
    try {
      return Optional.of(file.equals(NOTHING) ? "" : content(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(name(file), reason(file, e));
    }
  }

  private static String reason(Path file, IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "no permission";
      case FileSystemLoopException _ -> "its links lead in a circle";
      case FileSystemException _ when Files.isDirectory(file) -> "it is a directory";
      case FileSystemException it when it.getReason() != null -> it.getReason();
      default -> Files.isDirectory(file) ? "it is a directory" : "reading it fails";
    };
  }

  /// What has no end, or one that nobody knows, is not waited for.
  private String content(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isOther()) {
      throw unreadable(name(file), "it is a pipe or a device");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return text(in, name(file));
    }
  }

  /// The text of a stream that may have no end.
  static String text(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw unreadable(name, "it is larger than 64 MB");
    }
    try {
      return decoded(bytes);
    } catch (CharacterCodingException e) {
      throw unreadable(name, "it is not UTF-8 text");
    }
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
    Optional<Fetched> project = project(missing);
    if (project.isPresent()) {
      return Suggestion.or(
          nameIn(project.get(), missing),
          project.get().files().keySet(),
          "it was not published with the project");
    }
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

  private static UnreadableFileException unreadable(String name, String why) {
    return new UnreadableFileException(name, why);
  }

  /// What messages call a file: relative to the working directory where it lies below.
  String name(Path file) {
    if (file.equals(STDIN)) {
      return STDIN_NAME;
    }
    Optional<Fetched> project = project(file);
    if (project.isPresent()) {
      return project.get().name() + "/" + nameIn(project.get(), file);
    }
    if (file.equals(cwd)) {
      return ".";
    }
    return file.startsWith(cwd) ? cwd.relativize(file).toString() : file.toString();
  }
}
