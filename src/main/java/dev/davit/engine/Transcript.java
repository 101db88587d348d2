package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Reader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// Brings what a container says into its log so that an engine that is killed, between whatever two
/// instructions, neither loses nor doubles a byte of it: bytes go from the pipe to a [Spool], the
/// [Ledger] is told which of them an append is about, the append is made. The next engine finishes
/// an append that was begun, to the byte as it would have been. For one thread.
final class Transcript implements AutoCloseable {
  private final Path directory;
  private final LogFile log;
  private final String attributes;
  private final Reader reader;
  private final Ledger ledger;
  private final Map<Stream, Spool> spools = new EnumMap<>(Stream.class);

  /// @param directory where the pipes of the container are
  /// @param attributes what each line says about the container, see [LogFormat#attributes]
  Transcript(Path directory, LogFile log, String attributes, Reader reader) {
    this.directory = directory;
    this.log = log;
    this.attributes = attributes;
    this.reader = reader;
    try {
      ledger = new Ledger(directory.resolve("ledger"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ledger.last().ifPresent(this::finish);
  }

  // What an earlier engine has begun.
  private void finish(Ledger.Append append) {
    long size = log.size();
    // A shorter log was emptied by somebody since.
    if (size >= append.at() && size < append.at() + append.length()) {
      log.replace(append.at(), again(append));
    }
    ledger.done();
  }

  private LogBatch again(Ledger.Append append) {
    Stream stream = append.stream();
    LogBatch batch = batch(stream, append.time());
    var splitter = new LineSplitter();
    Spool spool = spool(stream);
    for (long at = ledger.logged(stream); at < append.until(); ) {
      byte[] bytes = spool.read(at, append.until());
      splitter.split(bytes, batch);
      at += bytes.length;
    }
    splitter.flush(batch);
    return batch;
  }

  /// Whether there is something of `stream` in that directory.
  static boolean has(Path directory, Stream stream) {
    return Files.exists(path(directory, stream));
  }

  private static Path path(Path directory, Stream stream) {
    return directory.resolve(stream.word() + ".spool");
  }

  /// Where bytes of `stream` wait.
  Spool spool(Stream stream) {
    return spools.computeIfAbsent(stream, it -> new Spool(path(directory, it), reader));
  }

  /// Lines of `stream` to be filled in.
  LogBatch batch(Stream stream, Instant time) {
    return new LogBatch(stream, time, attributes);
  }

  /// The position in `stream` up to which its bytes are in the log.
  long logged(Stream stream) {
    return ledger.logged(stream);
  }

  /// Appends lines, which are the bytes of their stream from [#logged] to the position `until`.
  void append(LogBatch batch, long until) {
    long before = logged(batch.stream());
    log.append(
        batch,
        new LogFile.Progress() {
          @Override
          public void rotating() throws IOException {
            ledger.settle();
          }

          @Override
          public void writing(long size) throws IOException {
            ledger.begin(
                new Ledger.Append(batch.stream(), until, size, batch.size(), batch.time()));
          }
        });
    ledger.done();
    // Those of this append stay: whether it was made, its successor finds out by them.
    spool(batch.stream()).forget(before);
  }

  @Override
  public void close() {
    spools.values().forEach(Spool::close);
    try {
      ledger.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
