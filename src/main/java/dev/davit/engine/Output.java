package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What a running container writes, on its way to its log. All work is done on the loop's thread.
final class Output {
  // So that one talkative container does not keep the others waiting.
  private static final int READS_AT_ONCE = 4;

  private final EventLoop loop;
  private final LogFile log;
  private final Runnable written;
  private final Reader reader;
  private final List<Source> sources = new ArrayList<>();

  /// @param written is called on the loop's thread whenever the log has grown
  /// @param reader of the loop's thread
  Output(EventLoop loop, LogFile log, Runnable written, Reader reader) {
    this.loop = loop;
    this.log = log;
    this.written = written;
    this.reader = reader;
  }

  /// One descriptor that is read until its end.
  private final class Source {
    private final Fd fd;
    private final LineSplitter splitter;
    private EventLoop.@org.jspecify.annotations.Nullable Watch watch;

    Source(Fd fd, Stream stream) {
      this.fd = fd;
      splitter = new LineSplitter(stream);
    }

    // Returns whether there may be more.
    boolean read() {
      int count = reader.read(fd);
      if (count == Reader.LATER) {
        return false;
      }
      if (count == Reader.END) {
        rest();
        return false;
      }
      write(splitter.split(reader.bytes(count), Instant.now()));
      return true;
    }

    void ready(int events) {
      boolean more = true;
      for (int i = 0; i < READS_AT_ONCE && more; i++) {
        more = read();
      }
      if (!more && (events & (Epoll.HUP | Epoll.ERR)) != 0) {
        stop();
      }
    }

    void begin() {
      watch = loop.watch(fd, Epoll.IN, this::ready);
    }

    void rest() {
      write(splitter.flush(Instant.now()));
    }

    void stop() {
      if (watch != null) {
        watch.end();
      }
    }
  }

  private void write(LogFile.Batch batch) {
    if (!batch.isEmpty()) {
      log.append(batch);
      written.run();
    }
  }

  /// Takes `fd`, which must not block and is closed by [#finish]; it is read from [#begin] on.
  void open(Fd fd, Stream stream) {
    synchronized (sources) {
      sources.add(new Source(fd, stream));
    }
  }

  /// Reads from now on.
  void begin() {
    var _ =
        loop.call(
            () -> {
              all().forEach(Source::begin);
              return true;
            });
  }

  /// Writes what is there still and closes the descriptors; nobody writes to them any more.
  CompletableFuture<Void> finish() {
    return loop.call(
        () -> {
          all()
              .forEach(
                  source -> {
                    source.stop();
                    while (source.read()) {}
                    source.rest();
                    source.fd.close();
                  });
          return null;
        });
  }

  /// Closes the descriptors; what is unread stays for the next engine.
  void abandon() {
    all()
        .forEach(
            source -> {
              source.stop();
              source.fd.close();
            });
  }

  private List<Source> all() {
    synchronized (sources) {
      return List.copyOf(sources);
    }
  }
}
