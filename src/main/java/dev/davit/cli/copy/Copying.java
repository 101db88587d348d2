package dev.davit.cli.copy;

import dev.davit.archive.FileTree;
import dev.davit.archive.FileTree.Found;
import dev.davit.archive.Owner;
import dev.davit.archive.Packing;
import dev.davit.archive.Unpacking;
import dev.davit.cli.Session;
import dev.davit.cli.copy.Route.Present;
import dev.davit.engine.Archives;
import dev.davit.engine.Archives.Entry;
import dev.davit.error.DavitException;
import dev.davit.error.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;

/// Copies files between the caller's directory and containers, by tar streams.
public final class Copying {
  private final Session session;
  private final Archives archives;
  private final CopyOptions options;

  public Copying(Session session, Archives archives, CopyOptions options) {
    this.session = session;
    this.archives = archives;
    this.options = options;
  }

  /// What produces or takes a stream.
  @FunctionalInterface
  interface Work<S> {
    void with(S stream) throws IOException;
  }

  /// Writes what is at `path` of the container to stdout, as a tar stream.
  public void toStream(String container, String path) {
    if (session.ttys().stdout()) {
      throw new DavitException(
          Kind.INVALID, "a tar stream is nothing for a terminal", "redirect it: > files.tar");
    }
    archives.read(container, path, options.followLink(), Route.base(path), session.out());
  }

  /// Puts the tar stream on stdin, which may be compressed by gzip, into a directory.
  public void fromStream(String container, String directory) {
    try (InputStream tar = uncompressed(session.in())) {
      archives.write(container, directory, tar, new Owner.AsArchived());
    } catch (IOException e) {
      throw new DavitException(Kind.INVALID, "stdin: " + e.getMessage(), null, e);
    }
  }

  // Decompressed here and by Java: no program of anybody is run for it.
  private static InputStream uncompressed(InputStream in) throws IOException {
    var buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(8);
    byte[] start = buffered.readNBytes(6);
    buffered.reset();
    if (begins(start, 0x1f, 0x8b)) {
      return new GZIPInputStream(buffered, 1 << 16);
    }
    boolean other =
        begins(start, 'B', 'Z', 'h')
            || begins(start, 0xfd, '7', 'z', 'X', 'Z')
            || begins(start, 0x28, 0xb5, 0x2f, 0xfd);
    if (other) {
      throw new DavitException(
          Kind.UNSUPPORTED,
          "stdin is compressed by bzip2, xz or zstd",
          "decompress it first, such as by: xz -dc files.tar.xz | davit cp - …");
    }
    return buffered;
  }

  private static boolean begins(byte[] bytes, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (bytes.length <= i || (bytes[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /// Copies a file or a directory of the host into a container.
  public void toContainer(String source, String container, String destination) {
    Path local = session.cwd().resolve(source);
    boolean follow = options.followLink() || source.endsWith("/") || source.endsWith("/.");
    LinkOption[] links = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    if (!Files.exists(local, links)) {
      throw new DavitException(Kind.NOT_FOUND, "no file \"%s\"".formatted(source));
    }
    boolean directory = Files.isDirectory(local, links);
    Optional<Entry> there = archives.find(container, destination, true);
    Route route =
        Route.of(
            source.equals(".") ? source : local.normalize() + (source.endsWith("/.") ? "/." : ""),
            directory,
            destination.isEmpty() ? "/" : destination,
            there.map(Copying::present).orElse(Present.NOTHING),
            there.map(Entry::path).orElse(null));
    stream(
        out -> {
          try (FileTree tree = FileTree.ofHost(local, follow);
              Found root = tree.root()) {
            Packing.pack(tree, root, route.name(), out);
          }
        },
        in -> archives.write(container, route.directory(), in, options.owner()));
  }

  private static Present present(Entry entry) {
    return entry.isDirectory() ? Present.DIRECTORY : Present.OTHER;
  }

  /// Copies a file or a directory of a container to the host.
  public void toHost(String container, String source, String destination) {
    Entry entry =
        archives
            .find(container, source, options.followLink())
            .orElseThrow(
                () ->
                    new DavitException(
                        Kind.NOT_FOUND,
                        "no file \"%s\" in container %s".formatted(source, container)));
    Path local = session.cwd().resolve(destination);
    Present there = present(local);
    Route route = Route.of(source, entry.isDirectory(), local + slash(destination), there, null);
    Path directory = Path.of(route.directory());
    if (!Files.isDirectory(directory)) {
      throw new DavitException(
          Kind.NOT_FOUND,
          "directory \"%s\" does not exist".formatted(directory),
          "create it first");
    }
    stream(
        out -> archives.read(container, source, options.followLink(), route.name(), out),
        in -> {
          try (FileTree tree = FileTree.ofHost(directory, true);
              Found top = tree.root()) {
            Unpacking.unpack(tree, top, in, Unpacking.Options.host(options.owner()));
          }
        });
  }

  private static Present present(Path local) {
    if (Files.isDirectory(local)) {
      return Present.DIRECTORY;
    }
    return Files.exists(local) ? Present.OTHER : Present.NOTHING;
  }

  private static String slash(String destination) {
    return destination.endsWith("/") ? "/" : "";
  }

  // Whichever side fails first says why; the other only sees the stream break.
  static void stream(Work<OutputStream> producer, Work<InputStream> consumer) {
    try {
      Pipe pipe = Pipe.open();
      var produced = new CompletableFuture<Void>();
      Thread.ofVirtual().name("copy").start(() -> produce(pipe, producer, produced));
      DavitException broken = null;
      try (InputStream in = Channels.newInputStream(pipe.source())) {
        consumer.with(in);
        in.transferTo(OutputStream.nullOutputStream());
      } catch (DavitException e) {
        broken = e;
      }
      Throwable cause = produced.handle((_, failure) -> failure).join();
      if (cause instanceof DavitException first && first.kind() != Kind.UNAVAILABLE) {
        throw first;
      } else if (broken != null) {
        throw broken;
      } else if (cause != null) {
        throw new DavitException(
            Kind.UNAVAILABLE, "the copy has broken off: " + cause.getMessage(), null, cause);
      }
    } catch (IOException e) {
      throw new DavitException(
          Kind.UNAVAILABLE, "the copy has broken off: " + e.getMessage(), null, e);
    }
  }

  private static void produce(
      Pipe pipe, Work<OutputStream> producer, CompletableFuture<Void> produced) {
    try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
      producer.with(out);
      produced.complete(null);
    } catch (IOException | RuntimeException e) {
      produced.completeExceptionally(e);
    }
  }
}
