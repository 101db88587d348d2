package dev.davit.engine;

import dev.davit.engine.Logs.Stream;
import dev.davit.linux.Epoll;
import dev.davit.linux.Fd;
import dev.davit.linux.Poll;
import dev.davit.linux.Reader;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One descriptor on which a container speaks, until its end. For the loop's thread.
final class Source {
  private static final Logger LOG = LoggerFactory.getLogger(Source.class);
  // So that one talkative container does not keep the others waiting.
  private static final int READS_AT_ONCE = 4;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Output output;
  private final Fd fd;
  private final Stream stream;
  private final LineSplitter splitter = new LineSplitter();
  private EventLoop.@Nullable Watch watch;
  private boolean blocked;
  private boolean closed;

  /// @param fd must not block; closed by [#close]
  Source(Output output, Fd fd, Stream stream) {
    this.output = output;
    this.fd = fd;
    this.stream = stream;
  }

  /// Reads from now on, after what an earlier engine has read and not written.
  void begin() {
    watch = output.loop().watch(fd, Epoll.IN, this::ready);
    catchUp();
  }

  private void ready(int events) {
    boolean more = true;
    for (int i = 0; i < READS_AT_ONCE && more; i++) {
      more = tryRead();
    }
    if (!more && (events & (Epoll.HUP | Epoll.ERR)) != 0) {
      stop();
    }
  }

  private boolean tryRead() {
    try {
      return !blocked && read();
    } catch (RuntimeException | Error e) {
      block(e);
      return false;
    }
  }

  // Returns whether there may be more.
  private boolean read() {
    int count = output.kept() ? spool().take(fd) : output.reader().read(fd);
    if (count == Reader.LATER) {
      return false;
    }
    if (count == Reader.END) {
      flush();
      return false;
    }
    if (output.kept()) {
      byte[] bytes = spool().read(spool().end() - count, spool().end());
      tell(bytes);
      write(bytes, spool().end());
    } else {
      tell(output.reader().bytes(count));
    }
    return true;
  }

  private Spool spool() {
    return output.transcript().spool(stream);
  }

  private void tell(byte[] bytes) {
    for (Attachment attachment : output.attachments()) {
      if (!attachment.take(stream, bytes, this::room) && watch != null) {
        watch.change(0);
      }
    }
  }

  // The bytes before the position `end`.
  private void write(byte[] bytes, long end) {
    LogBatch batch = output.transcript().batch(stream, Instant.now());
    splitter.split(bytes, batch);
    output.append(batch, end - splitter.held());
  }

  private void room() {
    var _ =
        output
            .loop()
            .call(
                () -> {
                  if (watch != null && !blocked) {
                    watch.change(Epoll.IN);
                  }
                  return true;
                });
  }

  // The disk is full, say: the container waits, as soon as its pipe is full too.
  private void block(Throwable why) {
    if (!blocked) {
      LOG.warn(
          "the log of container {} cannot be written, which is tried again each second: {}",
          output.name(),
          why.getMessage(),
          why);
    }
    blocked = true;
    if (watch != null) {
      watch.change(0);
    }
    output.later(PAUSE, this::catchUp);
  }

  private void catchUp() {
    if (closed) {
      return;
    }
    try {
      recover();
      if (blocked) {
        LOG.info("the log of container {} is written again", output.name());
        blocked = false;
        if (watch != null) {
          watch.change(Epoll.IN);
        }
      }
    } catch (RuntimeException | Error e) {
      block(e);
    }
  }

  // Writes what is in the spool and not in the log.
  private void recover() {
    splitter.forget();
    if (output.kept() && output.hasSpool(stream)) {
      for (long at = output.transcript().logged(stream); at < spool().end(); ) {
        byte[] bytes = spool().read(at, spool().end());
        at += bytes.length;
        write(bytes, at);
      }
    }
  }

  /// What was said last without a newline becomes a line.
  private void flush() {
    if (splitter.held() > 0) {
      LogBatch batch = output.transcript().batch(stream, Instant.now());
      splitter.flush(batch);
      output.append(batch, spool().end());
    }
  }

  /// Writes what is there still; nobody writes to it any more.
  void finish() {
    stop();
    try {
      if (blocked) {
        recover();
      }
      if (Poll.await(fd, Poll.IN, 0)) {
        while (read()) {}
      }
      flush();
    } catch (RuntimeException | Error e) {
      LOG.error("the last words of container {} are not in its log", output.name(), e);
    }
  }

  /// Writes what an engine has left that did not see the end of the container.
  void salvage() {
    recover();
    flush();
  }

  private void stop() {
    if (watch != null) {
      watch.end();
    }
  }

  void close() {
    stop();
    closed = true;
    fd.close();
  }
}
