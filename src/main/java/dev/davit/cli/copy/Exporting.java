package dev.davit.cli.copy;

import dev.davit.cli.Session;
import dev.davit.engine.Archives;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Writes a container's root file system to a file of the caller or to stdout.
public final class Exporting {
  private Exporting() {}

  /// @param file null for stdout, which must be no terminal
  public static void export(
      Session session, Archives archives, String container, @Nullable String file) {
    write(session, file, out -> archives.export(container, out));
  }

  /// What writes a tar stream.
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /// Writes `content` to `file` of the caller, or to stdout where it is null.
  public static void write(Session session, @Nullable String file, Content content) {
    if (file == null || file.isEmpty()) {
      if (session.ttys().stdout()) {
        throw new DavitException(
            Kind.INVALID, "a tar stream is nothing for a terminal", "use -o FILE or redirect it");
      }
      toStdout(session, content);
      return;
    }
    Path target = session.cwd().resolve(file);
    // The old file stays until the new one is whole.
    Path draft = target.resolveSibling("." + target.getFileName() + ".new");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(draft), 1 << 16)) {
        content.write(out);
      }
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DavitException(
          Kind.UNAVAILABLE, "file \"%s\" cannot be written: %s".formatted(target, e), null, e);
    } finally {
      remove(draft);
    }
  }

  private static void toStdout(Session session, Content content) {
    try {
      content.write(session.out());
      session.out().flush();
    } catch (IOException e) {
      throw new DavitException(Kind.UNAVAILABLE, "stdout cannot be written: " + e, null, e);
    }
  }

  private static void remove(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // What failed before says more.
    }
  }
}
