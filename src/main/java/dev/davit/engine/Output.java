package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Reader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What a running container writes, on its way to its log. All work is done on the loop's thread.
final class Output {
  // So that one talkative container does not keep the others waiting.
  private static final int READS_AT_ONCE = 4;

  private final EventLoop loop;
  private final Life life;
  private final Reader reader;
  private final String attributes;
  private final List<Source> sources = new ArrayList<>();

  /// @param life whose log and callers get it
  /// @param reader of the loop's thread
  /// @param attributes what each line of the log says about the container
  Output(EventLoop loop, Life life, Reader reader, Map<String, String> attributes) {
    this.attributes = LogFormat.attributes(attributes);
    this.loop = loop;
    this.life = life;
    this.reader = reader;
  }

  /// One descriptor that is read until its end.
  private final class Source {
    private final Fd fd;
    private final Stream stream;
    private final LineSplitter splitter;
    private EventLoop.@org.jspecify.annotations.Nullable Watch watch;

    Source(Fd fd, Stream stream) {
      this.fd = fd;
      this.stream = stream;
      splitter = new LineSplitter(stream, attributes);
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
      byte[] bytes = reader.bytes(count);
      write(splitter.split(bytes, Instant.now()));
      for (Attachment attachment : life.attachments()) {
        if (!attachment.take(stream, bytes, this::room) && watch != null) {
          watch.change(0);
        }
      }
      return true;
    }

    private void room() {
      var _ =
          loop.call(
              () -> {
                if (watch != null) {
                  watch.change(Epoll.IN);
                }
                return true;
              });
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
      life.log().append(batch);
      life.observe();
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
