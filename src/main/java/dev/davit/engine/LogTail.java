package dev.davit.engine;

import dev.davit.engine.Logs.LogLine;
import dev.davit.engine.Logs.Mark;
import dev.davit.engine.Logs.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// A reader's place in a container's log. For one thread.
final class LogTail implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;

  private final String container;
  private final LogFile file;
  private final Query query;
  private final Deque<LogPart> parts;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private long position;
  private long generation = Long.MIN_VALUE;
  private boolean past;

  /// A reader at the place where `query` begins.
  LogTail(String container, LogFile file, Query query) {
    this.container = container;
    this.file = file;
    this.query = query;
    parts = new ArrayDeque<>(file.parts());
    query.tail().ifPresent(this::seek);
    query.after().ifPresent(this::seek);
  }

  // To the place that the mark names; to the beginning where that has been rotated away.
  private void seek(Mark mark) {
    byte[] end = LogFormat.end(mark.time());
    int missing = mark.count();
    var all = List.copyOf(parts);
    try {
      for (int i = 0; i < all.size(); i++) {
        var lines = new Lines(all.get(i).channel());
        while (lines.next()) {
          if (lines.endsWith(end) && --missing == 0) {
            position = lines.at;
            keepNewest(all.size() - i);
            return;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Walks through a file, line by line.
  private static final class Lines {
    private final FileChannel channel;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).limit(0);
    private final byte[] last = new byte[64];
    private int held;
    private long at;

    Lines(FileChannel channel) {
      this.channel = channel;
    }

    // `at` is behind the line then.
    boolean next() throws IOException {
      held = 0;
      while (true) {
        if (!chunk.hasRemaining()) {
          chunk.clear();
          int count = channel.read(chunk, at);
          chunk.flip();
          if (count <= 0) {
            return false;
          }
        }
        int from = chunk.position();
        int newline = ByteScan.newline(chunk.array(), from, chunk.limit());
        int to = newline < 0 ? chunk.limit() : newline;
        keep(from, to);
        chunk.position(newline < 0 ? to : to + 1);
        at += chunk.position() - from;
        if (newline >= 0) {
          return true;
        }
      }
    }

    // The last bytes of the line.
    private void keep(int from, int to) {
      int fresh = Math.min(to - from, last.length);
      int old = Math.min(held, last.length - fresh);
      System.arraycopy(last, held - old, last, 0, old);
      System.arraycopy(chunk.array(), to - fresh, last, old, fresh);
      held = old + fresh;
    }

    boolean endsWith(byte[] end) {
      return held >= end.length && Arrays.equals(last, held - end.length, held, end, 0, end.length);
    }
  }

  // Drops parts and moves forward so that `lines` newlines follow.
  private void seek(int lines) {
    int missing = lines;
    var newestFirst = List.copyOf(parts).reversed();
    for (int i = 0; i < newestFirst.size(); i++) {
      try {
        FileChannel channel = newestFirst.get(i).channel();
        long size = channel.size();
        var start = new Start(size, missing);
        while (start.at > 0 && start.missing >= 0) {
          start.back(channel);
        }
        missing = start.missing;
        if (missing < 0) {
          position = start.at;
          keepNewest(i + 1);
          return;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void keepNewest(int count) throws IOException {
    while (parts.size() > count) {
      generation = parts.getFirst().generation();
      parts.removeFirst().close();
    }
  }

  // Walks back from the end of a file, a chunk at a time.
  private static final class Start {
    private long at;
    private int missing;

    Start(long size, int missing) {
      this.at = size;
      this.missing = missing;
    }

    void back(FileChannel channel) throws IOException {
      long from = Math.max(0, at - CHUNK);
      var chunk = ByteBuffer.allocate((int) (at - from));
      while (chunk.hasRemaining() && channel.read(chunk, from + chunk.position()) > 0) {}
      for (int i = chunk.position() - 1; i >= 0; i--) {
        if (chunk.get(i) == '\n' && --missing < 0) {
          at = from + i + 1;
          return;
        }
      }
      at = from;
    }
  }

  /// Gives every line up to the present end to `consumer`.
  void drain(Consumer<LogLine> consumer) {
    try {
      while (!past) {
        if (parts.isEmpty()) {
          parts.addAll(file.partsAfter(generation));
          if (parts.isEmpty()) {
            return;
          }
        }
        LogPart part = parts.getFirst();
        boolean outdated = file.outdated(part.generation());
        readAll(part.channel(), consumer);
        if (!outdated) {
          return;
        }
        parts.removeFirst().close();
        generation = part.generation();
        position = 0;
        line.reset();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readAll(FileChannel channel, Consumer<LogLine> consumer) throws IOException {
    while (!past) {
      buffer.clear();
      int count = channel.read(buffer, position);
      if (count <= 0) {
        return;
      }
      position += count;
      byte[] bytes = buffer.array();
      int start = 0;
      for (int i = 0; i < count; i++) {
        if (bytes[i] == '\n') {
          line.write(bytes, start, i - start);
          start = i + 1;
          give(line.toString(StandardCharsets.UTF_8), consumer);
          line.reset();
        }
      }
      line.write(bytes, start, count - start);
    }
  }

  private void give(String json, Consumer<LogLine> consumer) {
    LogFormat.decode(container, json)
        .filter(read -> query.since().map(since -> !read.time().isBefore(since)).orElse(true))
        .ifPresent(
            read -> {
              if (query.until().map(until -> read.time().isAfter(until)).orElse(false)) {
                past = true;
              } else {
                consumer.accept(read);
              }
            });
  }

  /// Whether a line after `until` has been met, so that nothing more will come.
  boolean past() {
    return past;
  }

  @Override
  public void close() {
    for (LogPart part : parts) {
      try {
        part.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    parts.clear();
  }
}
