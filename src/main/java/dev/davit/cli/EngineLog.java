package dev.davit.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// The engine's own log, as text.
final class EngineLog {
  private final Path file;
  private long position;

  /// @param root the engine's data directory
  EngineLog(Path root) {
    this.file = root.resolve("log").resolve("engine.log");
  }

  /// Copies what is there to `out`, from the last `lines` lines on (all for a negative number).
  void copy(OutputStream out, int lines) throws IOException {
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      int start = lines < 0 ? 0 : startOfTail(bytes, lines);
      out.write(bytes, start, bytes.length - start);
      position = bytes.length;
    }
  }

  /// Copies what is added, until the session ends or gets a signal. Returns the exit code.
  int follow(Session session) throws IOException, InterruptedException {
    var code = new AtomicInteger();
    try (WatchService watch = file.getFileSystem().newWatchService()) {
      Path directory = Objects.requireNonNull(file.getParent());
      directory.register(
          watch, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
      session.onSignal(
          signal -> {
            code.set(signal.exitCode());
            close(watch);
          });
      while (true) {
        copyAdded(session.out());
        WatchKey key = watch.take();
        key.pollEvents();
        key.reset();
      }
    } catch (ClosedWatchServiceException ended) {
      return code.get();
    }
  }

  private void copyAdded(OutputStream out) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    if (Files.size(file) < position) {
      position = 0; // begun anew: the log has been rolled over
    }
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(position);
      position += in.transferTo(out);
    }
  }

  private static int startOfTail(byte[] bytes, int lines) {
    int left = lines;
    for (int i = bytes.length - 2; i >= 0; i--) {
      if (bytes[i] == '\n' && --left == 0) {
        return i + 1;
      }
    }
    return lines == 0 ? bytes.length : 0;
  }

  private static void close(WatchService watch) {
    try {
      watch.close();
    } catch (IOException e) {
      // It is closed in any case.
    }
  }
}
