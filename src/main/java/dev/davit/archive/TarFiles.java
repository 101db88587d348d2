package dev.davit.archive;

import dev.davit.linux.Stat;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/// Tar archives whose files are read and written as streams, without a directory on the disk: what
/// is in them are images, not file systems.
public final class TarFiles {
  private static final int CHUNK = 256 * 1024;

  private TarFiles() {}

  /// What is in an archive, in its order.
  public interface Visitor {
    /// A regular file; what is not read of `content` is passed over.
    void file(String name, long size, InputStream content) throws IOException;

    /// Another name for something: a symbolic or a hard link.
    void link(String name, String target);
  }

  /// Reads `in` to the archive's end.
  public static void read(InputStream in, Visitor visitor) throws IOException {
    var tar = new TarInput(in);
    for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
      TarEntry entry = next.get();
      switch (entry.type()) {
        case Stat.REGULAR -> visitor.file(entry.name(), entry.size(), new Content(tar));
        case Stat.SYMLINK, TarEntry.LINK -> visitor.link(entry.name(), entry.link());
        default -> {}
      }
    }
  }

  private static final class Content extends FilterInputStream {
    private final TarInput tar;

    Content(TarInput tar) {
      super(InputStream.nullInputStream());
      this.tar = tar;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (from == 0) {
        return tar.read(bytes, length);
      }
      byte[] some = new byte[Math.min(length, CHUNK)];
      int count = tar.read(some, some.length);
      System.arraycopy(some, 0, bytes, from, Math.max(0, count));
      return count;
    }
  }

  /// Writes an archive, in which everything is root's and has one time.
  public static final class Writer implements AutoCloseable {
    private final TarOutput out;
    private final long time;

    /// @param seconds since 1970
    public Writer(OutputStream out, long seconds) {
      this.out = new TarOutput(out);
      this.time = seconds;
    }

    public void directory(String name) throws IOException {
      out.header(entry(name, Stat.DIRECTORY, 0755, 0));
    }

    /// @param size the bytes that `content` has
    public void file(String name, long size, InputStream content) throws IOException {
      out.header(entry(name, Stat.REGULAR, 0644, size));
      byte[] buffer = new byte[CHUNK];
      for (int count = content.read(buffer); count > 0; count = content.read(buffer)) {
        out.write(buffer, count);
      }
      out.pad(size);
    }

    private TarEntry entry(String name, int type, int mode, long size) {
      var at = new Stat.Time(time, 0);
      return new TarEntry(name, type, mode, 0, 0, size, at, "", 0, Map.of());
    }

    @Override
    public void close() throws IOException {
      out.end();
    }
  }
}
