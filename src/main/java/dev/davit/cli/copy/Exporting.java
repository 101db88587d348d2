package dev.davit.cli.copy;

import dev.davit.cli.Session;
import dev.davit.engine.Archives;
import dev.davit.engine.Container;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import dev.davit.image.HostImage;
import dev.davit.image.Images;
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

  public static void export(
      Session session,
      Archives archives,
      Images images,
      Container container,
      ExportOptions options) {
    boolean host = images.find(container.imageId()).filter(HostImage::is).isPresent();
    if (host && !options.hostFiles()) {
      throw new DavitException(
          Kind.INVALID,
          "container \"%s\" shows the files of the host, and an export would hold them all"
              .formatted(container.name()),
          "see what it has changed with 'davit container diff %s' and take that with 'davit container cp', or add --host-files"
              .formatted(container.name()));
    }
    write(session, options.output(), out -> archives.export(container.id(), out));
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
