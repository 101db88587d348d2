package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How much of what a container said is in its log: one record in a file, replaced with one write
/// before each append. The engine that comes after a kill sees in it what that append was to be,
/// and in the size of the log whether it was. For one thread.
final class Ledger implements AutoCloseable {
  // Another layout gets another number; a file of another one says nothing.
  private static final long LAYOUT = 0x6461766974_0001L;
  private static final int SIZE = 9 * Long.BYTES;
  private static final long NOTHING = -1;
  private static final List<Stream> STREAMS = List.of(Stream.STDOUT, Stream.STDERR);

  private final FileChannel file;
  private final ByteBuffer record = ByteBuffer.allocateDirect(SIZE);
  private final Map<Stream, Long> logged = new EnumMap<>(Stream.class);
  private Optional<Append> last = Optional.empty();

  /// An append to a log.
  ///
  /// @param until the position in `stream` up to which its bytes are in the log afterwards
  /// @param at the size of the log before
  /// @param length how much longer the log is afterwards
  /// @param time of its lines
  record Append(Stream stream, long until, long at, long length, Instant time) {}

  /// @param path is made if it is not there
  Ledger(Path path) throws IOException {
    STREAMS.forEach(stream -> logged.put(stream, 0L));
    file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (file.read(record, 0) == SIZE && record.flip().getLong() == LAYOUT) {
      read();
    }
  }

  private void read() {
    STREAMS.forEach(stream -> logged.put(stream, record.getLong()));
    long stream = record.getLong();
    if (stream != NOTHING) {
      last =
          Optional.of(
              new Append(
                  STREAMS.get((int) stream),
                  record.getLong(),
                  record.getLong(),
                  record.getLong(),
                  Instant.ofEpochSecond(record.getLong(), record.getLong())));
    }
  }

  /// The append that was begun last, unless [#settle] has been called since.
  Optional<Append> last() {
    return last;
  }

  /// The position in `stream` up to which its bytes are in the log, the last append not counted.
  long logged(Stream stream) {
    return logged.getOrDefault(stream, 0L);
  }

  /// An append begins.
  void begin(Append append) throws IOException {
    last = Optional.of(append);
    write();
  }

  /// The last append is done.
  void done() {
    last.ifPresent(append -> logged.put(append.stream(), append.until()));
    last = Optional.empty();
  }

  /// Says so in the file: the log is about to become another one, whose size says nothing of it.
  void settle() throws IOException {
    done();
    write();
  }

  private void write() throws IOException {
    record.clear().putLong(LAYOUT);
    STREAMS.forEach(stream -> record.putLong(logged(stream)));
    if (last.isPresent()) {
      Append append = last.get();
      record.putLong(STREAMS.indexOf(append.stream()));
      record.putLong(append.until()).putLong(append.at()).putLong(append.length());
      Instant time = append.time();
      record.putLong(time.getEpochSecond()).putLong(time.getNano());
    } else {
      record.putLong(NOTHING);
    }
    // All of it, for one write of less than a page is done or not.
    record.clear();
    file.write(record, 0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
