package dev.davit.engine;

import dev.davit.linux.Fd;
import dev.davit.linux.FileOutput;
import dev.davit.linux.Kernel;
import dev.davit.linux.Open;
import dev.davit.linux.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What one stream of a container has said, on its way from the pipe to the log: a file whose size
/// is the number of bytes said so far. The kernel moves bytes from the pipe to the file in one
/// call, so that an engine that is killed leaves each of them in one of the two. What is in the log
/// is punched out of the file. For one thread.
final class Spool implements AutoCloseable {
  // As much may stay although it is in the log: a call for each line would cost more.
  private static final long KEPT = 64 * 1024;
  private static final long PAGE = 4096;

  private final Reader reader;
  private final Fd file;
  private long end;
  private long punched;
  private boolean movable = true;

  /// @param path is made if it is not there
  Spool(Path path, Reader reader) {
    this.reader = reader;
    file = Kernel.open(path.toString(), Open.RDWR | Open.CREAT | Open.NOFOLLOW, 0600);
    try {
      end = Files.size(path);
    } catch (IOException e) {
      file.close();
      throw new UncheckedIOException(e);
    }
  }

  /// How many bytes the stream has said.
  long end() {
    return end;
  }

  /// Takes what can be read from `from`: the number of bytes, [Reader#END] or [Reader#LATER].
  int take(Fd from) {
    int count = movable ? reader.move(from, file, end) : copy(from);
    if (count == Reader.UNMOVABLE) {
      movable = false; // A terminal, which the kernel moves to pipes only.
      count = copy(from);
    }
    end += Math.max(count, 0);
    return count;
  }

  private int copy(Fd from) {
    int count = reader.read(from);
    if (count > 0) {
      reader.write(file, end, count);
    }
    return count;
  }

  /// Bytes between the positions `from` and `to`, which is behind it: the first ones, as many as
  /// are read at once.
  byte[] read(long from, long to) {
    byte[] bytes = reader.read(file, from, Math.min(to, end) - from);
    if (bytes.length == 0) {
      throw new IllegalStateException("%s ends before byte %d".formatted(file, from));
    }
    return bytes;
  }

  /// What was said before the position `until` is needed no more.
  void forget(long until) {
    long to = until / PAGE * PAGE;
    if (to - punched >= KEPT) {
      FileOutput.tryPunch(file, punched, to);
      punched = to;
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
